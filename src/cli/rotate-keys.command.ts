import { ENCRYPTED_COLUMNS } from '../features.ts';
import { createKeyRing } from '../platform/encryption/key-ring.ts';
import { rotateColumn } from '../platform/encryption/rotation-store.ts';
import { type CommandContext, CommandError, type Outcome } from './command.ts';

/** Seals every stored secret under the first key of ENCRYPTION_KEYS, so that an older key can be taken out. */
export async function rotateKeys(context: CommandContext): Promise<Outcome> {
  const keyRing = createKeyRing(context.config.auth.encryptionKeys);
  if (keyRing.currentPrefix === null)
    throw new CommandError('Peyk is not running in this folder. Start it with npm start, or set ENCRYPTION_KEYS.');
  const db = context.database();
  const columns: Record<string, { rotated: number; failed: number }> = {};
  for (const column of ENCRYPTED_COLUMNS)
    columns[`${column.table}.${column.column}`] = await rotateColumn(db, keyRing, column);
  const sum = (name: 'rotated' | 'failed') => Object.values(columns).reduce((total, one) => total + one[name], 0);
  const data = { rotated: sum('rotated'), failed: sum('failed'), columns };
  if (data.failed > 0)
    throw new CommandError(
      `${data.rotated} secrets are under the first key now; ${data.failed} could not be opened. Keep the old keys in ENCRYPTION_KEYS.`,
      data,
    );
  const text =
    data.rotated > 0
      ? `${data.rotated} secrets are under the first key now; older keys can be taken out.`
      : 'Every secret is under the first key already.';
  return { text, data };
}
