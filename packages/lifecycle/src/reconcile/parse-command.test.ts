import { describe, expect, it } from 'vitest';
import { parseCommand } from './parse-command.ts';

const commandOf = (body: string) => parseCommand(body)?.command ?? null;
const nothing = { model: null, version: null, environment: null };

describe('parseCommand', () => {
  it.each([
    ['/promote', { kind: 'promote', ...nothing }],
    ['/promote 1.4.0', { kind: 'promote', ...nothing, version: '1.4.0' }],
    ['/promote v1.4.0 production', { kind: 'promote', ...nothing, version: '1.4.0', environment: 'production' }],
    ['/promote production 1.4.0', { kind: 'promote', ...nothing, version: '1.4.0', environment: 'production' }],
    [
      '/promote fraud@1.4.0 production',
      { kind: 'promote', model: 'fraud', version: '1.4.0', environment: 'production' },
    ],
    ['/rollback', { kind: 'rollback', model: null, environment: null }],
    ['/rollback production', { kind: 'rollback', model: null, environment: 'production' }],
    ['/rollback fraud@production', { kind: 'rollback', model: 'fraud', environment: 'production' }],
    ['/hold', { kind: 'hold' }],
    ['/unhold  \t', { kind: 'unhold' }],
    ['/recheck\r\nplease', { kind: 'recheck' }],
    ['/help\n/promote 1.0.0', { kind: 'help' }],
  ])('%j', (body, command) => {
    expect(commandOf(body)).toEqual(command);
  });

  it.each([
    'please /promote',
    ' /promote',
    '\n/promote',
    '> /promote',
    '`/promote`',
    '```\n/promote\n```',
    '/deploy now',
    '/promoted',
    '/Promote',
    '/',
    '',
    '/usr/bin/env',
  ])('is nobody asked by %j', (body) => {
    expect(parseCommand(body)).toBeNull();
  });

  it.each([
    ['/promote 1.4', '"1.4" is neither a version nor an environment'],
    ['/promote ../../etc', '"../../etc" is neither a version nor an environment'],
    ['/promote Fraud@1.0.0', '"Fraud@1.0.0" is neither a version nor an environment'],
    ['/promote 1.0.0 1.1.0', 'it names more than one version'],
    ['/promote a@1.0.0 b@production', 'it names more than one model'],
    ['/promote a@b@1.0.0', '"a@b@1.0.0" is neither a version nor an environment'],
    ['/rollback 1.0.0', 'a rollback chooses the version itself: the one that was wanted before'],
    ['/hold production', '/hold takes nothing behind it'],
  ])('refuses %j', (body, reason) => {
    expect(commandOf(body)).toEqual({ kind: 'refused', reason });
  });
});
