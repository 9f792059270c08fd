import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { keepSecrets } from '../../../src/start/secrets.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-secrets-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('keepSecrets', () => {
  it('makes secrets once, for their owner only, and gives the same ones later', () => {
    const first = keepSecrets(folder);
    const second = keepSecrets(folder);
    expect(first.fresh).toBe(true);
    expect(second).toEqual({ secrets: first.secrets, fresh: false });
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('makes secrets that the configuration accepts in production', () => {
    const { jwtSecret, encryptionKeys, adminPassword } = keepSecrets(folder).secrets;
    const keys = { JWT_SECRET: jwtSecret, ENCRYPTION_KEYS: encryptionKeys };
    const env = { NODE_ENV: 'production', PUBLIC_BASE_URL: 'https://peyk.shop.ir', ...keys };
    expect(() => loadConfig({ ...env, ADMIN_PASSWORD: adminPassword })).not.toThrow();
  });

  it('adds one that is missing and keeps the others', () => {
    const { secrets } = keepSecrets(folder);
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ ...secrets, jwtSecret: undefined }));
    const { secrets: mended } = keepSecrets(folder);
    expect(mended).toMatchObject({ encryptionKeys: secrets.encryptionKeys, adminPassword: secrets.adminPassword });
    expect(mended.jwtSecret.length).toBeGreaterThan(32);
  });

  it('refuses a damaged file instead of making new keys over it', () => {
    const file = join(folder, 'secrets.json');
    writeFileSync(file, '{"jwtSecret": "half');
    expect(() => keepSecrets(folder)).toThrow(/cannot be read/);
    expect(readFileSync(file, 'utf8')).toBe('{"jwtSecret": "half');
  });
});
