import { statfs } from 'node:fs/promises';
import { describeHealth, type HealthMessages } from '../health/health-messages.ts';
import type { HealthPart } from '../health/health-part.ts';

export const DISK_MESSAGES = {
  disk_ok: { message: 'The disk of the data folder has %{megabytes} MB left.', action: '' },
  disk_low: {
    message: 'The disk of the data folder has only %{megabytes} MB left.',
    action: 'Make room; npm run peyk -- retention removes what is old.',
  },
  disk_full: {
    message: 'The disk of the data folder has only %{megabytes} MB left: soon nothing can be stored.',
    action: 'Make room now: without it messages are refused.',
  },
  disk_database_full: {
    message: 'PostgreSQL says that its disk is full: webhooks are refused with 503 and sent again by the channels.',
    action: 'Make room on the disk of PostgreSQL now, or enlarge it; everything goes on by itself afterwards.',
  },
} as const satisfies HealthMessages;

const MB = 1024 * 1024;
const FULL_BYTES = 200 * MB;
const LOW_BYTES = 2048 * MB;

/** How much room a folder's disk has left, in bytes; null where there is no such folder. */
export async function readFreeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether a disk with so much room left will do. */
export function diskPart(freeBytes: number): HealthPart {
  const params = { megabytes: Math.round(freeBytes / MB) };
  if (freeBytes < FULL_BYTES)
    return { name: 'disk', state: 'failing', ...describeHealth(DISK_MESSAGES, 'disk_full', params) };
  if (freeBytes < LOW_BYTES)
    return { name: 'disk', state: 'warning', ...describeHealth(DISK_MESSAGES, 'disk_low', params) };
  return { name: 'disk', state: 'ok', ...describeHealth(DISK_MESSAGES, 'disk_ok', params) };
}

/**
 * The disk of the data folder, where the embedded stores are, and what PostgreSQL says of its own: a server elsewhere may be
 * full while there is room here. Nothing where neither can be told.
 */
export async function readDiskParts(
  folder: string,
  isDatabaseFull: () => boolean,
  readFree: (folder: string) => Promise<number | null> = readFreeBytes,
): Promise<HealthPart[]> {
  if (isDatabaseFull())
    return [{ name: 'disk', state: 'failing', ...describeHealth(DISK_MESSAGES, 'disk_database_full') }];
  const free = await readFree(folder);
  return free === null ? [] : [diskPart(free)];
}
