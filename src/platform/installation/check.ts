import type { Database } from '../database/client.ts';
import { type Repetition, repeat } from '../repeat.ts';
import { compareInstallation, type HoldBack } from './installation-store.ts';
import type { Progress, RestoreSign } from './rules.ts';

/** Where the engine keeps how far a database had come. */
export interface EngineMemory {
  /** Null when it remembers nothing of this installation. Rejects while the engine is away. */
  recall(installationId: string): Promise<Progress | null>;
  /** Never goes back. Rejects while the engine is away. */
  remember(installationId: string, progress: Progress): Promise<void>;
}

export interface InstallationCheckDeps {
  db: Database;
  memory: EngineMemory;
  holdBack: HoldBack;
  /** Told once, when the rows turn out to be a restored copy. */
  onRestored: (sign: RestoreSign, generation: number) => void;
  onError: (error: unknown) => void;
}

const EVERY_MS = 60_000;

/**
 * Compares the database with its server and with what the engine remembers of it, and tells the engine how far it is now.
 * An engine that is away hinders nothing: the next check asks again. Rejects when the database is away.
 */
export async function checkInstallation(deps: InstallationCheckDeps, at = new Date()): Promise<void> {
  const { db, memory, holdBack } = deps;
  const known = await db.installation.findFirst({ select: { id: true } });
  const { isAway, remembered } = await recall(deps, known?.id);
  const { id, progress, sign } = await compareInstallation(db, { at, remembered, holdBack });
  if (sign) deps.onRestored(sign, progress.generation);
  if (!isAway) await memory.remember(id, progress).catch(deps.onError);
}

async function recall({ memory, onError }: InstallationCheckDeps, id: string | undefined) {
  try {
    return { isAway: false, remembered: id === undefined ? null : await memory.recall(id) };
  } catch (error) {
    onError(error);
    return { isAway: true, remembered: null };
  }
}

/** Checks again once a minute: a database may be taken back to an earlier moment while this process runs. */
export function startInstallationChecks(deps: InstallationCheckDeps): Repetition {
  return repeat(() => checkInstallation(deps), EVERY_MS, deps.onError);
}
