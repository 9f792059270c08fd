import { z } from 'zod';
import { appendAudit } from '../audit/audit-store.ts';
import type { Principal } from '../auth/principal.ts';
import type { Queries } from '../database/client.ts';
import { InvalidInputError } from '../errors.ts';
import { defineAction } from '../http/actions/action.ts';
import { HttpProblem } from '../http/problem.ts';
import { isOfInstallation, pauseSending, readSending, resumeSending } from './installation-store.ts';
import { RESTORED } from './rules.ts';

const MAX_REASON = 200;
const OWN_WORDS = 'Give a reason in your own words.';

const sendingRecord = z.object({
  /** Null while messages leave. */
  pausedAt: z.iso.datetime().nullable(),
  /** `restored`, or the words of the person who holds them back; empty while messages leave. */
  reason: z.string(),
  /** Whether the caller may hold sends back and let them go. */
  canChange: z.boolean(),
});

/** Sends of all businesses stop and go together, so only people of the business that the installation began with decide. */
async function canChange(db: Queries, principal: Principal): Promise<boolean> {
  return principal.permissions.has('manage-settings') && (await isOfInstallation(db, principal.businessId));
}

async function present(db: Queries, principal: Principal): Promise<z.output<typeof sendingRecord>> {
  const { pausedAt, reason } = await readSending(db);
  return { pausedAt: pausedAt?.toISOString() ?? null, reason, canChange: await canChange(db, principal) };
}

async function demandChange(db: Queries, principal: Principal): Promise<void> {
  if (!(await canChange(db, principal)))
    throw new HttpProblem(403, 'Only people of the business that this installation began with may do this.');
}

export const sendingState = defineAction({
  method: 'get',
  path: '/api/sending',
  summary: 'Whether messages leave, and if they are held back, since when and why.',
  permission: 'view-conversations',
  status: 200,
  response: sendingRecord,
  run: ({ deps, principal }) => present(deps.db, principal),
});

export const pauseAllSending = defineAction({
  method: 'post',
  path: '/api/sending/pause',
  summary: 'Holds back every message of this installation until somebody resumes; what is planned stays planned.',
  permission: 'manage-settings',
  body: z.strictObject({ reason: z.string().trim().min(1).max(MAX_REASON) }),
  status: 200,
  response: sendingRecord,
  async run({ deps, principal, body: { reason } }) {
    // The word has a meaning of its own, and a person's pause must not be taken for a restore.
    if (reason === RESTORED) throw new InvalidInputError(OWN_WORDS, { reason: OWN_WORDS });
    await demandChange(deps.db, principal);
    await deps.db.$transaction(async (tx) => {
      if (await pauseSending(tx, new Date(deps.clock()), reason))
        await appendAudit(tx, { ...entryOf(principal), action: 'pause_sending', after: { reason } });
    });
    return present(deps.db, principal);
  },
});

export const resumeAllSending = defineAction({
  method: 'post',
  path: '/api/sending/resume',
  summary: 'A person confirms that messages may leave again; what was held back leaves within seconds.',
  permission: 'manage-settings',
  body: z.strictObject({}),
  status: 200,
  response: sendingRecord,
  async run({ deps, principal }) {
    await demandChange(deps.db, principal);
    await deps.db.$transaction(async (tx) => {
      const { reason } = await readSending(tx);
      if (await resumeSending(tx, principal.actor))
        await appendAudit(tx, { ...entryOf(principal), action: 'resume_sending', before: { reason } });
    });
    return present(deps.db, principal);
  },
});

function entryOf({ businessId, actor }: Principal) {
  return { businessId, actor, resource: 'sending', resourceId: '', subject: '' };
}
