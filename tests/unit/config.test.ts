import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const PRODUCTION = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32), ENCRYPTION_KEYS: `k1:${KEY}` };

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('loadConfig', () => {
  it('needs nothing to be set', () => {
    expect(loadConfig({})).toMatchObject({ port: 3000, ai: { provider: 'builtin' }, debounce: { quietMs: 1500 } });
  });

  it('tells every fault at once, of single variables and between them', () => {
    const faults = faultsOf({ PORT: 'abc', DEBOUNCE_MS: '-1', SERVICE_API_KEY: 'k', QUIET_HOURS_START: '21:00' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'DEBOUNCE_MS',
      'DIRECTAM_BASE_URL',
      'QUIET_HOURS_START and QUIET_HOURS_END',
    ]);
  });

  it('never repeats a value, which may be a secret', () => {
    const faults = faultsOf({ ENCRYPTION_KEYS: 'my-secret-key', AI_PROVIDER: 'my-secret-provider' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('my-secret');
  });

  it.each([
    ['openai', 'OPENAI_API_KEY'],
    ['deepseek', 'DEEPSEEK_API_KEY'],
    ['openrouter', 'OPENROUTER_API_KEY'],
    ['vercel_gateway', 'VERCEL_AI_GATEWAY_API_KEY'],
    ['compatible', 'LLM_BASE_URL'],
  ])('refuses AI_PROVIDER=%s without %s and takes it with', (provider, variable) => {
    expect(faultsOf({ AI_PROVIDER: provider })).toEqual([`${variable}: missing, though AI_PROVIDER is ${provider}`]);
    expect(faultsOf({ AI_PROVIDER: provider, [variable]: 'http://127.0.0.1:1' })).toEqual([]);
  });

  it('demands real secrets in production only', () => {
    expect(faultsOf({ JWT_SECRET: 'short' })).toEqual([]);
    expect(faultsOf(PRODUCTION)).toEqual([]);
    expect(faultsOf({ ...PRODUCTION, JWT_SECRET: 'short' })).toHaveLength(1);
    expect(faultsOf({ ...PRODUCTION, DIRECTAM_BASE_URL: 'https://directam.example' })).toEqual([
      'WEBHOOK_SECRET: required in production when Directam is on',
    ]);
  });

  it('reads the other spellings of a variable, and lets its own win', () => {
    expect(loadConfig({ JWT_SECRET_KEY: 'other' }).auth.jwtSecret).toBe('other');
    expect(loadConfig({ JWT_SECRET_KEY: 'other', JWT_SECRET: 'own' }).auth.jwtSecret).toBe('own');
  });

  it('reads switches in any case and hours in fractions', () => {
    const config = loadConfig({ FOLLOWUP_ENABLED: 'False', FOLLOWUP_DELAY_HOURS: '0.5', MESSAGING_WINDOW_HOURS: '1' });
    expect(config.policy).toMatchObject({ followUpEnabled: false, followUpDelayMs: 1_800_000, windowMs: 3_600_000 });
    expect(faultsOf({ FOLLOWUP_ENABLED: 'maybe' })).toHaveLength(1);
  });

  it('counts an empty variable as absent', () => {
    expect(loadConfig({ PORT: '', WEBHOOK_SECRET: '  ' })).toMatchObject({
      port: 3000,
      directam: { webhookSecret: null },
    });
  });
});
