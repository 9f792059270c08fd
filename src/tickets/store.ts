import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../platform/database/client.ts';
import type { ConversationOwner, NewTicket } from '../replies/stage.ts';

/** They look after tickets; whoever was given one longest ago is next. */
const TICKET_ROLES = ['operator', 'supervisor', 'admin'];

/**
 * Opens a ticket unless one of this kind is open already. Where the shop wants that, it belongs to whoever looks after the
 * conversation, else to the next in turn.
 */
export async function openTicket(db: Queries, owner: ConversationOwner, ticket: NewTicket): Promise<void> {
  await db.$executeRaw`
    INSERT INTO tickets (id, business_id, conversation_id, reason, note, assignee_id)
    VALUES (${uuidv7()}::uuid, ${owner.businessId}::uuid, ${owner.conversationId}::uuid, ${ticket.reason}, ${ticket.note},
      (SELECT coalesce(c.assignee_id, (
         SELECT u.id FROM users u
         WHERE u.business_id = b.id AND u.active AND u.role = ANY(${TICKET_ROLES}::text[])
         ORDER BY array_position(${TICKET_ROLES}::text[], u.role) = 3,
           (SELECT max(t.created_at) FROM tickets t WHERE t.assignee_id = u.id) NULLS FIRST, u.id LIMIT 1))
       FROM conversations c JOIN businesses b ON b.id = c.business_id
       WHERE c.id = ${owner.conversationId}::uuid AND b.assign_tickets))
    ON CONFLICT DO NOTHING`;
}
