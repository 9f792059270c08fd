import { migrate as applyMigrations } from '../platform/database/migrate.ts';
import type { CommandContext, Outcome } from './command.ts';

/** Brings the database up to the newest migration. */
export async function migrate(context: CommandContext): Promise<Outcome> {
  const applied = await applyMigrations(context.databaseUrl());
  const text = applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.';
  return { text, data: { applied } };
}
