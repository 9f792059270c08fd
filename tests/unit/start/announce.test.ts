import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { announce } from '../../../src/start/announce.ts';

const HOME = 'http://127.0.0.1:3000';

function linesOf(env: Record<string, string>): string[] {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const config = loadConfig(env);
  const uiUrl = config.temporal.hasUi ? config.temporal.uiUrl : null;
  announce(say, config, { home: HOME, uiUrl, adminPassword: null });
  return lines;
}
const warningOf = (env: Record<string, string>) => linesOf(env).filter((line) => line.includes('WARNING'));

describe('announce', () => {
  it('ends with the line that programs wait for', () => {
    expect(linesOf({}).at(-1)).toBe(`ready ${HOME}`);
  });

  it('names the pages of Temporal only where they are known', () => {
    const pagesOf = (env: Record<string, string>) => linesOf(env).find((line) => line.includes('Temporal UI'));
    expect(pagesOf({})).toMatch(/http:\/\/127\.0\.0\.1:8233$/);
    const given = { TEMPORAL_ADDRESS: 'temporal.example:7233' };
    expect(pagesOf({ ...given, TEMPORAL_UI_URL: 'https://pages.example' })).toMatch(/https:\/\/pages\.example$/);
    expect(pagesOf(given)).toContain('as temporal.example:7233 has it; set TEMPORAL_UI_URL');
    expect(pagesOf(given)).not.toContain('http');
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
