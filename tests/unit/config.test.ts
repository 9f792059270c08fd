import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const KEY = randomBytes(32).toString('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: randomBytes(32).toString('base64url'),
  ENCRYPTION_KEYS: `k1:${KEY}`,
  PUBLIC_BASE_URL: 'https://peyk.shop.ir',
};
const WEBHOOK_SECRET = randomBytes(24).toString('hex');

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

  it.each([
    'postgresql://dm_bot:p%40ss@localhost:5433/dm_bot',
    'postgres://dm_bot:p%40ss@localhost:5433/dm_bot',
    'postgresql+asyncpg://dm_bot:p%40ss@localhost:5433/dm_bot',
    'postgresql+psycopg2://dm_bot:p%40ss@localhost:5433/dm_bot',
    'Postgres+psycopg://dm_bot:p%40ss@localhost:5433/dm_bot',
  ])('takes %s for the address of that database, whichever driver it names', (DATABASE_URL) => {
    const { databaseUrl } = loadConfig({ DATABASE_URL });
    expect(databaseUrl).toBe('postgresql://dm_bot:p%40ss@localhost:5433/dm_bot');
  });

  it.each([
    'mysql+asyncpg://a:b@localhost/c',
    'sqlite:///peyk.db',
    'postgresql+://a:b@localhost/c',
    'postgresql+a b://a:b@localhost/c',
    'mypostgresql://a:b@localhost/c',
    'localhost:5433/dm_bot',
  ])('refuses %s, which is no address of a PostgreSQL', (DATABASE_URL) => {
    expect(faultsOf({ DATABASE_URL })).toEqual([expect.stringMatching(/^DATABASE_URL: /)]);
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

  it.each([
    [
      'JWT_SECRET',
      ['', 'x', 'x'.repeat(40), 'change-this-to-something-long-and-random', 'abcdefghijklmnopqrstuvwxyz123456'],
    ],
    ['JWT_SECRET', ['0123456789abcdef0123456789abcdef', `${'a'.repeat(31)}b`, 'my secret '.repeat(5)]],
    ['WEBHOOK_SECRET', ['x', 'change-this', 'my-key', 'a'.repeat(32), 'abababababababab', 'secret']],
    ['ADMIN_API_KEY', ['my-key', 'change-this-change-this-key', '1'.repeat(40), '123456789012345678901234']],
    [
      'ADMIN_PASSWORD',
      ['12345678', 'password', 'Password-1', 'aaaaaaaaaaaa', 'change-this', 'admin', 'qwertyuiop', 'short-1'],
    ],
    ['PUBLIC_BASE_URL', ['', 'http://peyk.shop.ir', 'http://127.0.0.1.evil.ir']],
    ['ENCRYPTION_KEYS', ['', ...[0, 7, 255].map((byte) => `k1:${Buffer.alloc(32, byte).toString('base64')}`)]],
    ['ENCRYPTION_KEYS', [`k1:${KEY},k2:${Buffer.alloc(32).toString('base64')}`, `k1:${KEY},k1:${KEY}`]],
    ['ENCRYPTION_KEYS', [`k1:${Buffer.from('change-this-key-of-32-characters').toString('base64')}`]],
    ['ENCRYPTION_KEYS', [`k1:${Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)).toString('base64')}`]],
  ])('names a weak or missing %s in production, without its value', (name, values) => {
    for (const value of values) {
      const faults = faultsOf({ ...PRODUCTION, DIRECTAM_BASE_URL: 'https://d.ir', WEBHOOK_SECRET, [name]: value });
      expect(faults, value).toHaveLength(1);
      expect(faults[0]).toMatch(new RegExp(`^${name}: `));
      if (value.length > 6) expect(faults.join()).not.toContain(value);
    }
  });

  it('takes secrets that were drawn, and passwords that people make up', () => {
    const drawn = {
      JWT_SECRET: randomBytes(16).toString('hex'),
      ADMIN_API_KEY: `peyk_${randomBytes(24).toString('base64')}`,
    };
    const typed = { ADMIN_PASSWORD: 'Sabz-Abi 1402', PUBLIC_BASE_URL: 'http://localhost:3000' };
    expect(faultsOf({ ...PRODUCTION, ...drawn, ...typed, WEBHOOK_SECRET })).toEqual([]);
    for (const address of ['http://127.0.0.1:3000', 'http://[::1]:3000'])
      expect(faultsOf({ ...PRODUCTION, PUBLIC_BASE_URL: address })).toEqual([]);
  });

  it('takes weak secrets outside production, where they are tried out', () => {
    expect(faultsOf({ WEBHOOK_SECRET: 'x', ADMIN_PASSWORD: 'password', ADMIN_API_KEY: 'my-key' })).toEqual([]);
  });

  it('listens on this machine only until told, and on no name that could be another address tomorrow', () => {
    expect(loadConfig({})).toMatchObject({ host: '127.0.0.1', metricsHost: '127.0.0.1', isReachable: false });
    expect(loadConfig({ HOST: 'localhost' })).toMatchObject({ host: '127.0.0.1', isReachable: false });
    expect(loadConfig({ HOST: '[::1]' })).toMatchObject({ host: '::1', isReachable: false });
    for (const HOST of ['0.0.0.0', '::', '192.168.1.5'])
      expect(loadConfig({ HOST })).toMatchObject({ host: HOST, isReachable: true });
    for (const HOST of ['*', 'peyk.local', '127.0.0.1:80', '1.2.3']) expect(faultsOf({ HOST })).toHaveLength(1);
  });

  it('takes addresses and ranges of proxies, and none that means everybody', () => {
    expect(loadConfig({}).trustedProxies).toEqual([]);
    const TRUSTED_PROXIES = '127.0.0.1, 10.0.0.0/8, fd00::/8, ::1';
    expect(loadConfig({ TRUSTED_PROXIES }).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8', '::1']);
    for (const wrong of ['loopback', 'proxy.local', '10.0.0.0/33', '0.0.0.0/0', '::/00', 'true', '1'])
      expect(faultsOf({ TRUSTED_PROXIES: wrong }), wrong).toHaveLength(1);
  });

  it('takes unsigned webhooks while only this machine reaches us, elsewhere if told, and never in production', () => {
    const takes = (env: Record<string, string>) => loadConfig(env).takesUnsignedWebhooks;
    const ALLOW_UNSIGNED_WEBHOOKS = 'true';
    expect([takes({}), takes({ PUBLIC_BASE_URL: 'http://localhost:3000' })]).toEqual([true, true]);
    const reachable: Record<string, string>[] = [{ HOST: '0.0.0.0' }, { PUBLIC_BASE_URL: 'https://shop.ngrok.app' }];
    for (const open of reachable) {
      expect(takes(open)).toBe(false);
      expect(takes({ ...open, ALLOW_UNSIGNED_WEBHOOKS })).toBe(true);
    }
    expect(takes(PRODUCTION)).toBe(false);
    expect(takes({ ...PRODUCTION, PUBLIC_BASE_URL: 'http://127.0.0.1:3000' })).toBe(false);
    expect(faultsOf({ ...PRODUCTION, ALLOW_UNSIGNED_WEBHOOKS })).toEqual([
      'ALLOW_UNSIGNED_WEBHOOKS: refused in production',
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

  it('serves a worker’s figures beside the API’s, at an address of their own, or nowhere', () => {
    const figures = (env: Record<string, string>) => {
      const { metricsHost, metricsPort } = loadConfig(env).worker;
      return [metricsHost, metricsPort];
    };
    expect(figures({})).toEqual(['127.0.0.1', null]);
    expect(figures({ METRICS_PORT: '9464' })).toEqual(['127.0.0.1', 9465]);
    const own = { WORKER_METRICS_PORT: '9000', WORKER_METRICS_HOST: '0.0.0.0' };
    expect(figures({ METRICS_PORT: '9464', ...own })).toEqual(['0.0.0.0', 9000]);
    expect(figures(own)).toEqual(['0.0.0.0', 9000]);
    expect(faultsOf({ WORKER_METRICS_HOST: 'everywhere' })).toHaveLength(1);
  });

  it('takes the limits of a worker, and refuses those that no worker can have', () => {
    const limits = { WORKER_TURNS_AT_ONCE: '5', WORKER_GRACE_SECONDS: '60', WORKER_CACHED_CONVERSATIONS: '50' };
    expect(loadConfig(limits).worker).toMatchObject({ turnsAtOnce: 5, graceMs: 60_000, cachedConversations: 50 });
    for (const name of Object.keys(limits)) expect(faultsOf({ [name]: '0' })).toHaveLength(1);
    expect(faultsOf({ WORKER_HEAP_MB: '64', WORKER_SENDS_AT_ONCE: 'many', RETENTION_DELIVERY_DAYS: '0' })).toHaveLength(
      3,
    );
  });

  it('counts an empty variable as absent', () => {
    expect(loadConfig({ PORT: '', WEBHOOK_SECRET: '  ' })).toMatchObject({
      port: 3000,
      directam: { webhookSecret: null },
    });
  });
});
