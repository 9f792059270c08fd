import { appendAudit } from '../platform/audit/audit-store.ts';
import { findDefaultBusinessId } from '../platform/auth/auth-store.ts';
import type { Queries } from '../platform/database/client.ts';
import { pauseSending, readSending, resumeSending } from '../platform/installation/installation-store.ts';
import { RESTORED } from '../platform/installation/rules.ts';
import { type CommandContext, type Outcome, UsageError } from './command.ts';

const MAX_REASON = 200;

/** Holds every message of the installation back until somebody resumes. */
export async function pauseSendingCommand(context: CommandContext, given: { reason: string }): Promise<Outcome> {
  const reason = given.reason.trim();
  if (reason === '' || reason.length > MAX_REASON || reason === RESTORED)
    throw new UsageError(`--reason takes a few words of your own, up to ${MAX_REASON} characters.`);
  return context.database().$transaction(async (tx) => {
    const changed = await pauseSending(tx, new Date(), reason);
    if (changed) await appendAudit(tx, { ...(await entryOf(tx)), action: 'pause_sending', after: { reason } });
    const text = changed
      ? 'No message leaves any more. What is planned stays planned.'
      : 'Sending was paused already; its reason stays.';
    return { text, data: { changed, ...(await describe(tx)) } };
  });
}

/** A person confirms that messages may leave again. */
export async function resumeSendingCommand(context: CommandContext): Promise<Outcome> {
  return context.database().$transaction(async (tx) => {
    const { reason } = await readSending(tx);
    const changed = await resumeSending(tx, 'cli');
    if (changed) await appendAudit(tx, { ...(await entryOf(tx)), action: 'resume_sending', before: { reason } });
    const text = changed ? 'Messages leave again; what waited goes out within seconds.' : 'Sending was not paused.';
    return { text, data: { changed, ...(await describe(tx)) } };
  });
}

async function entryOf(tx: Queries) {
  const businessId = await findDefaultBusinessId(tx);
  return { businessId, actor: 'cli', resource: 'sending', resourceId: '', subject: '' };
}

async function describe(tx: Queries) {
  const { pausedAt, reason } = await readSending(tx);
  return { pausedAt: pausedAt?.toISOString() ?? null, reason };
}
