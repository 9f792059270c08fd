import { v7 as uuidv7 } from 'uuid';
import { refOf } from '../../conversations/conversation-ref.ts';
import type { ConversationGateway } from '../../conversations/gateway.ts';
import { planNotice, sendNotice } from '../../outbox/notice.ts';
import type { Database, Queries } from '../../platform/database/client.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import type { ConversationOwner, NewTicket } from '../../replies/stage.ts';
import type { Language } from '../../text/message.ts';
import { type Currency, formatMoney } from '../../text/money.ts';
import { afterQuietHours, type QuietHours } from '../../text/quiet-hours.ts';
import { sayTo } from '../assistance/texts.ts';
import { type DueRestock, findDueRestocks, type SettledState, settleRestock } from './store.ts';

export interface RestockDeps {
  db: Database;
  conversations: ConversationGateway;
  openTicket: (db: Queries, owner: ConversationOwner, ticket: NewTicket) => Promise<void>;
  quietHoursOf: (businessId: string) => Promise<QuietHours | null>;
  clock: () => number;
}

const EVERY_MS = 20_000;
const DAY_MS = 86_400_000;
/** Whoever asked longer ago has bought it elsewhere. */
const FORGOTTEN_AFTER_DAYS = 90;
const BATCH = 100;
const CREATED_BY = 'peyk';

/**
 * Tells every customer who waits for a product that is back, once and through the same gate as every message. Where the bot may not
 * write (a person is at work, the window has closed, or closes in the quiet hours), telling is a person's task. May run any number
 * of times, also beside itself; what was planned and not handed over is found as every planned message is.
 */
export async function tellRestocks(deps: RestockDeps): Promise<void> {
  const since = new Date(deps.clock() - FORGOTTEN_AFTER_DAYS * DAY_MS);
  let found: DueRestock[];
  do {
    found = await findDueRestocks(deps.db, since, BATCH);
    for (const due of found) await tell(deps, due);
  } while (found.length === BATCH);
}

async function tell(deps: RestockDeps, due: DueRestock): Promise<void> {
  const { db, clock } = deps;
  const { conversation, product } = due;
  const { id: conversationId, businessId, windowExpiresAt } = conversation;
  const notBeforeMs = afterQuietHours(await deps.quietHoursOf(businessId), conversation.business.timeZone, clock());
  const state = stateOf(due, notBeforeMs);
  const id = uuidv7();
  const isMine = await db.$transaction(async (tx) => {
    if (!(await settleRestock(tx, due.id, state, new Date(clock())))) return false;
    if (state === 'told')
      await planNotice(tx, {
        ...{ id, businessId, conversationId, userId: null, purpose: 'restock' },
        text: textOf(due),
      });
    if (state === 'task') {
      const note = `“${product.title}” is back, and the customer wanted to know.`;
      await deps.openTicket(tx, { businessId, conversationId }, { reason: 'restock', note });
    }
    return true;
  });
  if (isMine && state === 'told')
    await sendNotice(deps, refOf(conversation), { id, windowExpiresAt, createdBy: CREATED_BY, notBeforeMs });
}

function stateOf({ conversation }: DueRestock, notBeforeMs: number): SettledState {
  if (conversation.contact.optedOutAt) return 'dropped';
  const { mode, windowExpiresAt } = conversation;
  const isOpen = windowExpiresAt === null || windowExpiresAt.getTime() > notBeforeMs + MARGIN_MS;
  return mode === 'bot' && isOpen ? 'told' : 'task';
}

/** So that a slow provider does not carry the message past the end of the window. */
const MARGIN_MS = 60_000;

function textOf({ language, product }: DueRestock): string {
  const { title, url, price, currency } = product;
  const said: Language = language === 'en' ? 'en' : 'fa';
  const amount = price === null ? null : formatMoney({ amount: price, currency: currency as Currency }, said);
  return [sayTo(said, 'isBack', { title }), amount && sayTo(said, 'priceOf', { price: amount }), url]
    .filter((line) => line)
    .join('\n');
}

export function startRestockWatch(deps: RestockDeps, onError: (error: unknown) => void): Repetition {
  return repeat(() => tellRestocks(deps), EVERY_MS, onError);
}
