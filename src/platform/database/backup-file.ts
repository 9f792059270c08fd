import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/**
 * The form of a backup, so that it can be read without this program: one gzip stream of frames. A frame is a letter, the
 * length of what follows in four bytes (big-endian), and that. In order: `H` {format, version}; for each table `T` {name,
 * columns} and then its rows as `D`, cut anywhere, in the text form of PostgreSQL's COPY; at the end `M`, the manifest.
 */
export type FrameType = 'H' | 'T' | 'D' | 'M';

export interface Frame {
  type: FrameType;
  payload: Buffer;
}

export const FORMAT = { format: 'peyk-backup', version: 1 } as const;

/** The file is no backup, or a part of it is missing or changed. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}

const manifestSchema = z.object({
  format: z.literal(FORMAT.format),
  version: z.literal(FORMAT.version),
  takenAt: z.iso.datetime(),
  /** What the database had, oldest first. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** `bytes` and `sha256` are of the rows as they stand in the file. */
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int(),
      bytes: z.number().int(),
      sha256: z.string(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), isCalled: z.boolean() })),
  /** Names of the encryption keys without which some secrets of it cannot be opened. Never the keys. */
  keyIds: z.array(z.string()),
});
export type Manifest = z.output<typeof manifestSchema>;
export type TableEntry = Manifest['tables'][number];

const tableSchema = z.object({ name: z.string(), columns: z.array(z.string()) });

const HEAD_BYTES = 5;
/** Far more than the database hands out at once; a length beyond it is a broken file, not a reason to take memory. */
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
const UNZIPPED_BYTES = 128 * 1024;
const NEWLINE = 0x0a;

/** One frame as it stands in the file. */
export function writeFrame(type: FrameType, payload: Buffer | object): Buffer {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Counts the rows and bytes of one table and works out its checksum while they pass by. */
export function createTally(): { add(chunk: Buffer): void; result(): Pick<TableEntry, 'rows' | 'bytes' | 'sha256'> } {
  const hash: Hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  return {
    add(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
      // A line break within a value is written as an escape, so each one ends a row.
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) rows += 1;
    },
    result: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  };
}

/** The frames of a file, in order, whatever its size in little memory. Throws BackupError when it is broken or cut. */
export async function* readFrames(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<Frame> {
  const source = createReadStream(file);
  if (onBytes) source.on('data', (chunk) => onBytes(chunk.length));
  const unzipped = source.pipe(createGunzip({ chunkSize: UNZIPPED_BYTES }));
  // A pipe does not pass errors on.
  source.on('error', (error) => unzipped.destroy(error));
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      let at = 0;
      for (let length = frameLength(held, at); length !== null; length = frameLength(held, at)) {
        yield { type: typeOf(held, at), payload: held.subarray(at + HEAD_BYTES, at + length) };
        at += length;
      }
      held = held.subarray(at);
    }
  } catch (error) {
    throw error instanceof BackupError ? error : broken(error);
  } finally {
    source.destroy();
  }
  if (held.length > 0) throw broken();
}

/** The whole length of the frame at `at`, or null when it has not come yet. */
function frameLength(bytes: Buffer, at: number): number | null {
  if (bytes.length - at < HEAD_BYTES) return null;
  const length = bytes.readUInt32BE(at + 1);
  if (length > MAX_PAYLOAD_BYTES) throw broken();
  return bytes.length - at < HEAD_BYTES + length ? null : HEAD_BYTES + length;
}

function typeOf(bytes: Buffer, at: number): FrameType {
  const type = bytes.toString('latin1', at, at + 1);
  if (type === 'H' || type === 'T' || type === 'D' || type === 'M') return type;
  throw broken();
}

function broken(cause?: unknown): BackupError {
  const isSystems = cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code));
  if (isSystems) return new BackupError(`The file cannot be read: ${cause.message}`, { cause });
  return new BackupError('The file is no backup of Peyk, or it is broken or cut.', { cause });
}

function readJson<Schema extends z.ZodType>(schema: Schema, payload: Buffer): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(payload.toString()));
  } catch (error) {
    throw broken(error);
  }
}

export function readTableFrame(payload: Buffer): z.output<typeof tableSchema> {
  return readJson(tableSchema, payload);
}

/** Reads the whole file and compares all of it with its manifest. Throws BackupError at the first difference. */
export async function verifyBackup(file: string, onBytes?: (bytes: number) => void): Promise<Manifest> {
  const found: TableEntry[] = [];
  let manifest: Manifest | null = null;
  let open: { table: z.output<typeof tableSchema>; tally: ReturnType<typeof createTally> } | null = null;
  let isFirst = true;
  for await (const { type, payload } of readFrames(file, onBytes)) {
    if (isFirst !== (type === 'H') || manifest) throw broken();
    isFirst = false;
    if (type === 'H') readJson(manifestSchema.pick({ format: true, version: true }), payload);
    else if (type === 'D') {
      if (!open) throw broken();
      open.tally.add(payload);
    } else {
      if (open) found.push({ ...open.table, ...open.tally.result() });
      open = type === 'T' ? { table: readTableFrame(payload), tally: createTally() } : null;
      if (type === 'M') manifest = readJson(manifestSchema, payload);
    }
  }
  if (!manifest || JSON.stringify(found) !== JSON.stringify(manifest.tables)) throw broken();
  return manifest;
}
