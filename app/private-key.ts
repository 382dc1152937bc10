import { createPrivateKey } from 'node:crypto';

/** As variables hold it: with real line ends, with `\n` written out, or the whole file in base64. */
function pemOf(text: string): string {
  const trimmed = text.trim().replaceAll('\\n', '\n');
  return trimmed.startsWith('-----BEGIN') ? trimmed : Buffer.from(trimmed, 'base64').toString('utf8').trim();
}

/** The key of an app as PKCS#8; null for anything that is no RSA key. */
export function parsePrivateKey(text: string): string | null {
  try {
    const key = createPrivateKey(pemOf(text));
    return key.asymmetricKeyType === 'rsa' ? String(key.export({ type: 'pkcs8', format: 'pem' })) : null;
  } catch {
    // what is wrong with it is not told: the words of OpenSSL help nobody, and none of the key is shown
    return null;
  }
}
