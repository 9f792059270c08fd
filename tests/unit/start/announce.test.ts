import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { announce } from '../../../src/start/announce.ts';

const HOME = 'http://127.0.0.1:3000';

function linesOf(env: Record<string, string>): string[] {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  announce(say, loadConfig(env), { home: HOME, uiUrl: 'http://127.0.0.1:8233', adminPassword: null });
  return lines;
}
const warningOf = (env: Record<string, string>) => linesOf(env).filter((line) => line.includes('WARNING'));

describe('announce', () => {
  it('ends with the line that programs wait for', () => {
    expect(linesOf({}).at(-1)).toBe(`ready ${HOME}`);
  });

  it('warns in one line of unsigned webhooks, and says who could post them', () => {
    expect(warningOf({})).toEqual([expect.stringContaining('Every program on this machine can post')]);
    expect(warningOf({ HOST: '0.0.0.0' })).toEqual([expect.stringContaining('webhooks are refused')]);
    const allowed = { HOST: '0.0.0.0', ALLOW_UNSIGNED_WEBHOOKS: 'true' };
    expect(warningOf(allowed)).toEqual([expect.stringContaining('Anybody can post')]);
  });

  it('does not warn where there is a secret', () => {
    expect(warningOf({ WEBHOOK_SECRET: 'agreed' })).toEqual([]);
    expect(warningOf({ WEBHOOK_SECRET: 'agreed', HOST: '0.0.0.0' })).toEqual([]);
  });
});
