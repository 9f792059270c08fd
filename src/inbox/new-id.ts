import { randomFillSync, randomInt } from 'node:crypto';
import { v7 } from 'uuid';

const ID_BYTES = 16;
/** Fetching random bytes costs more than the rest of making an id, so many are fetched at once. */
const pool = new Uint8Array(ID_BYTES * 256);
let used = pool.length;
let lastMs = 0;
let sequence = 0;

/** A new uuidv7. Rises within this process, also within one millisecond: lists sort by it. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    // The upper half stays free for what follows within the millisecond.
    sequence = randomInt(2 ** 30);
  } else {
    sequence += 1;
  }
  return v7({ msecs: lastMs, seq: sequence, random });
}
