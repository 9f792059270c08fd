import { claimOutbound, markOutboundSent } from '../../src/outbox/store.ts';
import type { Database } from '../../src/platform/database/client.ts';
import { type DecideDeps, decide } from '../../src/replies/decide.ts';
import type { DecisionFacts } from '../../src/replies/decision-facts.ts';
import type { LabelledTurn, ShopFile } from '../../src/replies/test-set/format.ts';
import { factsOf } from '../../src/replies/test-set/invented.ts';
import { type Fault, type GivenAnswer, type JudgedShop, judge } from '../../src/replies/test-set/judge.ts';
import type { TurnKind, TurnLanguage } from '../../src/replies/test-set/labels.ts';
import { shownOf } from '../../src/replies/test-set/shown.ts';
import { detectOptOut } from '../../src/text/intents.ts';
import type { OutboundContent } from '../../src/text/message.ts';
import { type Currency, decimalOf } from '../../src/text/money.ts';
import { decideDepsOf } from '../support/deciding.ts';
import { addressOf, storeShop } from './store-shop.ts';

/** A labelled turn, what was answered to it, and what is wrong with that. */
export interface PlayedTurn {
  shop: string;
  conversation: string;
  turn: number;
  kind: TurnKind;
  language: TurnLanguage;
  said: readonly string[];
  answer: string;
  /** What answered, and to what: "catalog/price". */
  by: string;
  faults: readonly Fault[];
  /** From reading the conversation to the composed answer, before it is stored. */
  tookMs: number;
}

const HOUR_MS = 3_600_000;

/** Has every conversation of a shop's file answered, each as a new customer's, and judges the answers. */
export async function playShop(db: Database, name: string, file: ShopFile): Promise<PlayedTurn[]> {
  const deps = decideDepsOf(db);
  const owner = await storeShop(db, name, file);
  const shop = {
    file,
    products: new Map(file.products.map((product) => [product.id, product])),
    facts: factsOf(
      file,
      file.products.map(({ id }) => addressOf(id)),
    ),
  };
  const played: PlayedTurn[] = [];
  for (const [at, conversation] of file.conversations.entries()) {
    const talk = await beginTalk(db, owner, `${name}-${at}`);
    for (const [turn, labelled] of conversation.turns.entries()) {
      const language = labelled.language ?? conversation.language;
      const { text, by, faults, tookMs } = await playTurn({ deps, talk, shop }, turn, labelled, language);
      const what = { shop: name, conversation: conversation.name ?? `${at + 1}`, turn, kind: labelled.kind, language };
      played.push({ ...what, said: labelled.say, answer: text, by, faults, tookMs });
    }
  }
  return played;
}

interface TalkBegun {
  businessId: string;
  conversationId: string;
  /** Everything said so far. */
  heard: string[];
  before: string;
  tickets: number;
}

async function beginTalk(
  db: Database,
  { businessId, accountId }: { businessId: string; accountId: string },
  customer: string,
): Promise<TalkBegun> {
  const contact = await db.contact.create({ data: { businessId, accountId, externalId: customer } });
  const now = Date.now();
  const { id } = await db.conversation.create({
    data: {
      ...{ businessId, accountId, contactId: contact.id, channel: 'simulator' },
      ...{ lastUserMessageAt: new Date(now), windowExpiresAt: new Date(now + 24 * HOUR_MS) },
    },
  });
  await db.dispatch.create({ data: { businessId, conversationId: id } });
  return { businessId, conversationId: id, heard: [], before: '', tickets: 0 };
}

interface Playing {
  deps: DecideDeps;
  talk: TalkBegun;
  shop: JudgedShop;
}

async function playTurn({ deps, talk, shop }: Playing, number: number, labelled: LabelledTurn, language: TurnLanguage) {
  const { db } = deps;
  const { businessId, conversationId } = talk;
  const messageIds = await storeLines(db, talk, labelled.say);
  talk.heard.push(...labelled.say);
  const decided = await decide(
    deps,
    {
      identity: { businessId, conversationId },
      turnId: `1.${number + 1}`,
      messageIds,
      optOut: labelled.say.some((line) => detectOptOut(line) === 'opt_out'),
      supersedesTurnIds: [],
      cancelFollowUpId: null,
      runNumber: 0,
      windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
      decideOnly: true,
    },
    { attempt: 1, signal: new AbortController().signal },
  );
  const contents = await leave(db, decided.outboundIds);
  const text = contents.map(shownOf).join('\n');
  const decision = await db.decision.findUniqueOrThrow({ where: { turnId: `${conversationId}:1.${number + 1}` } });
  const effects = await effectsOf(db, talk);
  const { task } = decision.facts as DecisionFacts;
  const tickets = task === 'restock' ? [...effects.tickets, task] : effects.tickets;
  const given = { text, outcome: decided.outcome, ...effects, tickets, before: talk.before };
  const faults = judge(labelled, language, { ...given, heard: [...talk.heard, given.orders].join('\n') }, shop);
  talk.heard.push(text);
  talk.before = text;
  return { text, by: `${decision.promptName}/${decision.intent}`, faults, tookMs: decision.latencyMs };
}

async function storeLines(db: Database, { businessId, conversationId }: TalkBegun, lines: readonly string[]) {
  const ids: string[] = [];
  for (const text of lines) {
    const sentAt = new Date();
    const line = { businessId, conversationId, direction: 'in', author: 'customer', text, sentAt };
    ids.push((await db.message.create({ data: line })).id);
  }
  return ids;
}

/** As the send does: the rows become sent, and lines of the conversation. */
async function leave(db: Database, ids: readonly string[]): Promise<OutboundContent[]> {
  const contents: OutboundContent[] = [];
  for (const id of ids) {
    const row = await db.outboundMessage.findUniqueOrThrow({ where: { id } });
    contents.push(row.content as unknown as OutboundContent);
    await claimOutbound(db, id);
    await markOutboundSent(db, id, { externalId: `sim-${id}`, httpStatus: 200, settledBy: '' });
  }
  return contents;
}

/** What the turn left behind it: new tickets, an order. */
async function effectsOf(
  db: Database,
  talk: TalkBegun,
): Promise<Pick<GivenAnswer, 'tickets' | 'order'> & { orders: string }> {
  const where = { conversationId: talk.conversationId };
  const tickets = await db.ticket.findMany({ where, orderBy: { createdAt: 'asc' } });
  const form = await db.orderForm.findFirst({ where, orderBy: { updatedAt: 'desc' } });
  const orders = await db.order.findMany({ where });
  const fresh = tickets.slice(talk.tickets).map(({ reason }) => reason);
  talk.tickets = tickets.length;
  const words = orders.map(({ number, total, currency }) =>
    total === null ? `${number}` : `${number} ${decimalOf({ amount: total, currency: currency as Currency })}`,
  );
  const order = form?.state === 'open' ? 'open' : orders.length > 0 ? 'placed' : 'none';
  return { tickets: fresh, order, orders: words.join(' ') };
}
