import { escapeMarkdown } from '@model-gitops/lifecycle';
import { expect, it } from 'vitest';
import { tokenHider } from './hide-tokens.ts';

it('takes a token out of a text, also where Markdown escapes it', () => {
  const token = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';
  const hide = tokenHider({ 'INPUT_GITHUB-TOKEN': token });
  const message = `remote: ${token} may not`;
  expect(hide(message)).toBe('remote: *** may not');
  expect(escapeMarkdown(message)).not.toContain(token);
  expect(hide(escapeMarkdown(message))).toBe('remote: *** may not');
});
