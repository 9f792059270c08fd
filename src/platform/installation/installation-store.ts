import { DEFAULT_BUSINESS_SLUG } from '../auth/auth-store.ts';
import type { Database, Queries } from '../database/client.ts';
import { findRestoreSign, isAhead, type Progress, RESTORED, type RestoreSign, type ServerIdentity } from './rules.ts';

export interface SendingState {
  pausedAt: Date | null;
  reason: string;
  /** Who last let messages leave again; empty when nobody had to. */
  confirmedBy: string;
}

/** Whether messages may leave, and if not, since when and why. */
export async function readSending(db: Queries): Promise<SendingState> {
  const row = await db.installation.findFirst();
  return {
    pausedAt: row?.sendingPausedAt ?? null,
    reason: row?.sendingPausedReason ?? '',
    confirmedBy: row?.sendingConfirmedBy ?? '',
  };
}

/** How often the rows turned out to be a restored copy. */
export async function readGeneration(db: Queries): Promise<number> {
  return (await db.installation.findFirst({ select: { generation: true } }))?.generation ?? 0;
}

/** True for the business that the installation began with, whose admins look after the machine. */
export async function isOfInstallation(db: Queries, businessId: string): Promise<boolean> {
  return (await db.business.count({ where: { id: businessId, slug: DEFAULT_BUSINESS_SLUG } })) > 0;
}

/** Holds all sends from now on. Returns false, and changes nothing, when they are held already. */
export async function pauseSending(db: Queries, at: Date, reason: string): Promise<boolean> {
  const { count } = await db.installation.updateMany({
    where: { sendingPausedAt: null },
    data: { sendingPausedAt: at, sendingPausedReason: reason },
  });
  return count > 0;
}

/** Lets messages leave again, because `actor` says so. Returns false when nothing was held. */
export async function resumeSending(db: Queries, actor: string): Promise<boolean> {
  const { count } = await db.installation.updateMany({
    where: { sendingPausedAt: { not: null } },
    data: { sendingPausedAt: null, sendingPausedReason: '', sendingConfirmedBy: actor },
  });
  return count > 0;
}

/** Asks the server who it is. Where the role may not ask, it is not known. */
export async function readServerIdentity(db: Queries): Promise<ServerIdentity> {
  // Calling a function without the right to it would end a transaction that this may be part of, so we ask first.
  const [may] = await db.$queryRaw<{ system: boolean; checkpoint: boolean }[]>`
    SELECT has_function_privilege('pg_control_system()', 'execute') AS system,
      has_function_privilege('pg_control_checkpoint()', 'execute') AS checkpoint`;
  const systems = may?.system
    ? await db.$queryRaw<{ id: string }[]>`SELECT system_identifier::text AS id FROM pg_control_system()`
    : [];
  const checkpoints = may?.checkpoint
    ? await db.$queryRaw<{ timeline: number }[]>`SELECT timeline_id AS timeline FROM pg_control_checkpoint()`
    : [];
  return { systemIdentifier: systems[0]?.id ?? null, timeline: checkpoints[0]?.timeline ?? null };
}

interface RawInstallation {
  id: string;
  generation: number;
  system_identifier: string | null;
  timeline: number | null;
  watermark: bigint;
}

/** Locks the row for the rest of the transaction; makes it where somebody has emptied the table. */
async function lockInstallation(tx: Queries): Promise<RawInstallation> {
  const find = () => tx.$queryRaw<RawInstallation[]>`
    SELECT id, generation, system_identifier, timeline, watermark FROM installation LIMIT 1 FOR UPDATE`;
  const [row] = await find();
  if (row) return row;
  await tx.installation.create({ data: {} });
  const [made] = await find();
  if (!made) throw new Error('The row of the installation could not be made.');
  return made;
}

/** What is done with the rows of a restored copy, within the transaction that notes it. */
export type HoldBack = (tx: Queries, at: Date) => Promise<void>;

export interface InstallationCheck {
  id: string;
  progress: Progress;
  /** By what the rows were found to be a restored copy just now; null when they were not. */
  sign: RestoreSign | null;
}

/**
 * Looks once whether these rows are a restored copy. If they are, the same transaction holds everything back that may have
 * left in the lost time and writes down the server, so that it is done once, however many processes look.
 */
export async function compareInstallation(
  db: Database,
  { at, remembered, holdBack }: { at: Date; remembered: Progress | null; holdBack: HoldBack },
): Promise<InstallationCheck> {
  return db.$transaction(async (tx) => {
    const row = await lockInstallation(tx);
    const server = await readServerIdentity(tx);
    const stored = {
      systemIdentifier: row.system_identifier,
      timeline: row.timeline,
      generation: row.generation,
      watermark: row.watermark,
    };
    const sign = findRestoreSign(stored, server, remembered);
    if (sign) return { id: row.id, progress: await noteRestored(tx, row, { at, remembered, server, holdBack }), sign };
    const progress = { generation: row.generation, watermark: row.watermark + 1n };
    await tx.installation.update({
      where: { id: row.id },
      data: {
        watermark: progress.watermark,
        systemIdentifier: server.systemIdentifier ?? row.system_identifier,
        timeline: server.timeline ?? row.timeline,
      },
    });
    return { id: row.id, progress, sign };
  }, LONG_TRANSACTION);
}

/** Rows of a large copy take a while; it happens once. */
const LONG_TRANSACTION = { timeout: 600_000, maxWait: 10_000 };

/** Treats the rows as a restored copy, whatever the server says; see `compareInstallation`. */
export async function markRestored(db: Database, at: Date, holdBack: HoldBack): Promise<Progress> {
  return db.$transaction(async (tx) => {
    const row = await lockInstallation(tx);
    return noteRestored(tx, row, { at, remembered: null, server: await readServerIdentity(tx), holdBack });
  }, LONG_TRANSACTION);
}

async function noteRestored(
  tx: Queries,
  row: RawInstallation,
  {
    at,
    remembered,
    server,
    holdBack,
  }: { at: Date; remembered: Progress | null; server: ServerIdentity; holdBack: HoldBack },
): Promise<Progress> {
  await holdBack(tx, at);
  // Beyond what the engine remembers: the copy must not look as if it had gone back once more.
  const furthest = remembered && isAhead(remembered, row) ? remembered : row;
  const progress = { generation: furthest.generation + 1, watermark: furthest.watermark + 1n };
  await tx.installation.update({
    where: { id: row.id },
    data: {
      ...progress,
      ...server,
      sendingPausedAt: at,
      sendingPausedReason: RESTORED,
      sendingConfirmedBy: '',
    },
  });
  return progress;
}
