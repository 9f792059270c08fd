/** The reason by which a restored copy holds messages back; on the pause, on rows and on tickets alike. */
export const RESTORED = 'restored';

/** Which server holds the rows. A part is null where the database does not let us ask. */
export interface ServerIdentity {
  systemIdentifier: string | null;
  timeline: number | null;
}

/** How far a database has come: the generation first, the watermark within it. */
export interface Progress {
  generation: number;
  watermark: bigint;
}

export type RestoreSign = 'backup_loaded' | 'other_server' | 'other_timeline' | 'behind_engine';

/** True when `one` is further than `other`. */
export function isAhead(one: Progress, other: Progress): boolean {
  if (one.generation !== other.generation) return one.generation > other.generation;
  return one.watermark > other.watermark;
}

/**
 * Tells by what the rows are a copy that was restored: they say so, another server or timeline wrote them, or the engine
 * remembers them further on. Null when they are the ones we know. What is not known on either side tells nothing.
 */
export function findRestoreSign(
  stored: ServerIdentity & Progress,
  server: ServerIdentity,
  remembered: Progress | null,
): RestoreSign | null {
  if (stored.systemIdentifier === RESTORED) return 'backup_loaded';
  if (differs(stored.systemIdentifier, server.systemIdentifier)) return 'other_server';
  if (differs(stored.timeline, server.timeline)) return 'other_timeline';
  if (remembered && isAhead(remembered, stored)) return 'behind_engine';
  return null;
}

function differs<Value>(stored: Value | null, found: Value | null): boolean {
  return stored !== null && found !== null && stored !== found;
}
