import { DefaultLogger, type LogEntry, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createRepetitionLimit } from '../logging/repetition-limit.ts';

/** What a worker says that is as we want it: only some of our workers have workflows. */
const EXPECTED = new Set(['No workflows registered, not polling for workflow tasks']);

/** Fields that say where it happened. No others: what an activity was given, or a failure quotes, may be personal. */
const PLACE_FIELDS = [
  'sdkComponent',
  'taskQueue',
  'workflowType',
  'workflowId',
  'runId',
  'run_id',
  'activityType',
  'attempt',
  'type',
  'outboundId',
  'target',
] as const;

interface Line {
  level: 'error' | 'warn';
  fields: Record<string, unknown>;
  message: string;
}

const MAX_FAILURE_CHARACTERS = 500;
const TELL_LEFT_OUT_MS = 30_000;

/**
 * Options by which everything that the engine's library says, in its native part as well, comes into our log from a warning
 * up: structured, masked, and each kind of line a few times a minute. `logger` is one of ours.
 */
export function engineLogOptions(logger: Logger): Required<Pick<RuntimeOptions, 'logger'>> & {
  logging: { filter: { core: 'WARN'; other: 'ERROR' }; forward: object };
} {
  const limit = createRepetitionLimit<Line>();
  const say = ({ level, fields, message }: Line) => logger[level](fields, message);
  // The last of them stands for all, with their number.
  const tellLeftOut = () => {
    for (const { count, last } of limit.takeLeftOut()) say({ ...last, fields: { ...last.fields, repeated: count } });
  };
  setInterval(tellLeftOut, TELL_LEFT_OUT_MS).unref();
  return {
    logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
    logger: new DefaultLogger('WARN', (entry) => {
      if (EXPECTED.has(entry.message)) return;
      const fields = fieldsOf(entry);
      const kind = [entry.message, fields.activityType ?? fields.workflowType, fields.code ?? fields.type];
      const line: Line = { level: entry.level === 'ERROR' ? 'error' : 'warn', fields, message: entry.message };
      if (limit.allow(kind.filter((part) => part !== undefined).join(', '), line)) say(line);
    }),
  };
}

function fieldsOf({ meta = {} }: LogEntry): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of PLACE_FIELDS) if (meta[name] !== undefined) fields[name] = meta[name];
  const { error, failure } = meta;
  if (error instanceof Error) {
    fields.type = error.name;
    // The code of a failure of ours.
    if ('type' in error && typeof error.type === 'string') fields.code = error.type;
    // An activity's failure may quote what a customer said; workflows know ids and times only.
    if (fields.activityType === undefined) fields.err = error;
  }
  if (typeof failure === 'string') fields.failure = failure.slice(0, MAX_FAILURE_CHARACTERS);
  return fields;
}
