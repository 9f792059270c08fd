import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hashToken } from '../auth/tokens.ts';
import { defineAction } from '../http/actions/action.ts';
import { storeTicket } from './live-store.ts';

/** Long enough to open a connection, too short to be found in a log and used. */
const TICKET_MS = 60_000;

export const liveTicket = defineAction({
  method: 'post',
  path: '/api/live/ticket',
  summary: 'A ticket for one connection to the live feed, `/ws?ticket=…&after=<last id>`, within a minute.',
  permission: 'view-conversations',
  body: z.strictObject({}),
  status: 201,
  response: z.object({ ticket: z.string(), expiresAt: z.iso.datetime() }),
  async run({ deps, principal }) {
    const ticket = randomBytes(24).toString('base64url');
    const now = new Date(deps.clock());
    const expiresAt = new Date(now.getTime() + TICKET_MS);
    const { businessId, actor: holder, familyId } = principal;
    await storeTicket(deps.db, { tokenHash: hashToken(ticket), businessId, holder, familyId, expiresAt }, now);
    return { ticket, expiresAt: expiresAt.toISOString() };
  },
});
