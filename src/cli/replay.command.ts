import { replayInboundEvent } from '../inbox/store.ts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { UUID_PATTERN } from '../platform/http/resources/field.ts';
import { type CommandContext, CommandError, type Outcome, UsageError } from './command.ts';

/** Owes a stored event to its conversation once more. A running relay takes it up within seconds. */
export async function replay(context: CommandContext, eventId: string): Promise<Outcome> {
  if (!UUID_PATTERN.test(eventId)) throw new UsageError('The event is named by its id, as in the panel.');
  const db = context.database();
  const include = { conversation: { select: { contact: { select: { name: true, externalId: true } } } } };
  const event = await db.inboundEvent.findUnique({ where: { id: eventId }, include });
  if (!event) throw new CommandError(`There is no inbound event ${eventId}.`);
  const { businessId, conversationId } = event;
  const { name, externalId } = event.conversation.contact;
  await db.$transaction(async (tx) => {
    await replayInboundEvent(tx, businessId, eventId);
    const entry = { businessId, actor: 'cli', resource: 'inbound-events', resourceId: eventId };
    await appendAudit(tx, { ...entry, action: 'replay', subject: name || externalId });
  });
  return { text: `Event ${eventId} will be handed to its conversation again.`, data: { eventId, conversationId } };
}
