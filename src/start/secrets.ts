import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** What we make up when the reader gives none. Kept in the data folder, readable by its owner only. */
export interface Secrets {
  postgresPassword: string;
  jwtSecret: string;
  /** A key ring as ENCRYPTION_KEYS takes it. */
  encryptionKeys: string;
  adminPassword: string;
}

/** Reads the secrets of the data folder; makes those that are missing. `fresh` tells that they were all made now. */
export function keepSecrets(dataFolder: string): { secrets: Secrets; fresh: boolean } {
  const file = join(dataFolder, 'secrets.json');
  const kept = readSecrets(file);
  const secrets: Secrets = {
    postgresPassword: randomBytes(24).toString('base64url'),
    jwtSecret: randomBytes(48).toString('base64url'),
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
    adminPassword: randomBytes(12).toString('base64url'),
    ...kept,
  };
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return { secrets, fresh: kept === null };
}

/** Whether a start made this password up, and nobody chose it. */
export function isGeneratedPassword(dataFolder: string, password: string | null): boolean {
  return password !== null && readSecrets(join(dataFolder, 'secrets.json'))?.adminPassword === password;
}

function readSecrets(file: string): Partial<Secrets> | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch {
    // New secrets would lock the reader out of the data that the old ones protect, so nothing is made up here.
    throw new StartError(`${file} cannot be read as JSON. Bring it back from a backup; it opens the data beside it.`);
  }
}
