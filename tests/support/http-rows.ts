import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../../src/platform/database/client.ts';

/** One row of each kind that the API shows, all of one business. */
export interface Rows {
  businessId: string;
  accountId: string;
  instagramAccountId: string;
  contactId: string;
  conversationId: string;
  messageId: string;
  deliveryId: string;
  eventId: string;
  outboundId: string;
  decisionId: string;
  followUpId: string;
  ticketId: string;
  faqId: string;
  userId: string;
  auditId: string;
  apiKeyId: string;
  appLogId: string;
  promptId: string;
  promptVersionId: string;
  rerunId: string;
  rerunResultId: string;
  sessionId: string;
  timerId: string;
  noteId: string;
  labelId: string;
  cannedReplyId: string;
  savedFilterId: string;
  orderId: string;
  productId: string;
  postLinkId: string;
  catalogSourceId: string;
  syncRunId: string;
  testConversationId: string;
}

/** An answer as a re-run keeps it. */
const BEFORE = {
  outcome: 'reply',
  intent: 'other',
  text: 'an answer',
  promptName: 'reply',
  promptVersion: 'v2',
  model: 'm',
  checks: [],
  replaced: false,
  inputTokens: 1,
  outputTokens: 1,
  costMicros: 1,
  latencyMs: 1,
};

/** Makes a business when none is named. `mark` makes names and ids on the channel unique. */
export async function buildRows(db: Database, mark: string, business?: string): Promise<Rows> {
  const businessId = business ?? (await db.business.create({ data: { name: `Shop ${mark}`, slug: mark } })).id;
  const of = { businessId };
  const channel = 'simulator';
  const ofInstagram = { ...of, channel: 'instagram', externalId: `ig-${mark}` };
  const instagramAccountId = (await db.account.create({ data: ofInstagram })).id;
  const accountId = (await db.account.create({ data: { ...of, channel, externalId: `shop-${mark}` } })).id;
  const contact = await db.contact.create({
    data: { ...of, accountId, externalId: `cust-${mark}`, name: `Sara ${mark}` },
  });
  const contactId = contact.id;
  const { id: conversationId } = await db.conversation.create({
    data: { ...of, accountId, contactId, channel, lastMessageText: `hello ${mark}`, dispatch: { create: of } },
  });
  const inConversation = { ...of, conversationId };
  const now = new Date();
  const message = await db.message.create({
    data: { ...inConversation, direction: 'in', author: 'customer', text: `text ${mark}`, sentAt: now },
  });
  const delivery = await db.inboundDelivery.create({ data: { ...of, channel, body: '{}' } });
  const event = await db.inboundEvent.create({
    data: {
      ...inConversation,
      accountId,
      deliveryId: delivery.id,
      dedupeKey: `key-${mark}`,
      kind: 'message',
      seq: 1,
      messageId: message.id,
      occurredAt: now,
      dispatchedAt: now,
    },
  });
  const decision = await db.decision.create({ data: { ...inConversation, turnId: uuidv7(), state: 'decided' } });
  const outbound = await db.outboundMessage.create({
    data: {
      ...inConversation,
      author: 'bot',
      state: 'unknown',
      text: `reply ${mark}`,
      content: { kind: 'text', text: `reply ${mark}` },
      decisionId: decision.id,
    },
  });
  const dueAt = new Date(Date.now() + 3_600_000);
  const followUp = await db.followUp.create({ data: { ...inConversation, text: `later ${mark}`, dueAt } });
  const ticket = await db.ticket.create({ data: { ...inConversation, reason: 'handoff' } });
  const faq = await db.faq.create({ data: { ...of, question: `question ${mark}`, answer: 'answer' } });
  const user = await db.user.create({ data: { ...of, username: `user-${mark}`, passwordHash: 'none' } });
  const audit = await db.auditLog.create({
    data: { ...of, actor: 'test', action: 'create', resource: 'faqs', resourceId: faq.id },
  });
  const apiKey = await db.apiKey.create({
    data: { ...of, name: `key ${mark}`, keyHash: `hash-${mark}`, lastFour: 'none', scopes: ['view-conversations'] },
  });
  const appLog = await db.appLog.create({ data: { ...of, level: 'warn', message: `warning ${mark}` } });
  const prompt = await db.promptFile.create({
    data: { ...of, name: mark, version: 'v1', language: 'en', kind: 'prompt', body: `Hello ${mark}`, checksum: 'none' },
  });
  const version = await db.promptVersion.create({
    data: { ...of, name: 'reply', version: `v2.${mark}`, fa: 'x', en: `Hello ${mark}`, createdBy: 'test' },
  });
  const rerun = await db.rerun.create({
    data: { ...of, promptVersion: 'v2.1', model: mark, days: 7, total: 1, createdBy: 'test' },
  });
  const turn = { decisionId: decision.id, position: 0, question: `question ${mark}`, before: BEFORE };
  const rerunResult = await db.rerunResult.create({ data: { ...inConversation, rerunId: rerun.id, ...turn } });
  const session = await db.loginSession.create({
    data: {
      id: uuidv7(),
      ...of,
      userId: user.id,
      address: '203.0.113.7',
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  const timer = await db.timer.create({
    data: { id: uuidv7(), ...inConversation, kind: 'send_later', dueAt, outboundIds: [outbound.id] },
  });
  const note = await db.note.create({ data: { ...inConversation, userId: user.id, text: `note ${mark}` } });
  const label = await db.label.create({
    data: { ...of, name: `label ${mark}`, conversations: { create: { conversationId } } },
  });
  const order = await db.order.create({
    data: { ...inConversation, number: await nextNumber(db, businessId), total: 900_000n },
  });
  const source = await db.catalogSource.create({ data: { ...of, kind: 'torob', url: `https://${mark}.example/feed` } });
  const product = await db.product.create({
    data: { ...of, source: 'manual', sourceKey: `manual:${mark}`, title: `product ${mark}`, price: 1_000n },
  });
  const postLink = await db.postLink.create({
    data: { ...of, reference: `id:${mark}`, post: mark, productId: product.id },
  });
  const run = await db.syncRun.create({ data: { ...of, startedBy: mark, state: 'running' } });
  const test = await db.testConversation.create({
    data: { ...of, name: `test ${mark}`, language: 'en', turns: [{ say: ['hello'], action: ['answer'] }] },
  });
  const canned = await db.cannedReply.create({ data: { ...of, shortcut: mark, text: `canned ${mark}` } });
  // A filter is its owner's alone: of the admin, where there is one to ask for it.
  const admin = await db.user.findFirst({ where: { ...of, role: 'admin' } });
  const saved = await db.savedFilter.create({ data: { ...of, userId: (admin ?? user).id, name: `filter ${mark}` } });
  return {
    orderId: order.id,
    productId: product.id,
    postLinkId: postLink.id,
    catalogSourceId: source.id,
    syncRunId: run.id,
    testConversationId: test.id,
    timerId: timer.id,
    noteId: note.id,
    labelId: label.id,
    cannedReplyId: canned.id,
    savedFilterId: saved.id,
    apiKeyId: apiKey.id,
    appLogId: appLog.id,
    promptId: prompt.id,
    promptVersionId: version.id,
    rerunId: rerun.id,
    rerunResultId: rerunResult.id,
    sessionId: session.id,
    businessId,
    accountId,
    instagramAccountId,
    contactId,
    conversationId,
    messageId: message.id,
    deliveryId: delivery.id,
    eventId: event.id,
    outboundId: outbound.id,
    decisionId: decision.id,
    followUpId: followUp.id,
    ticketId: ticket.id,
    faqId: faq.id,
    userId: user.id,
    auditId: audit.id,
  };
}

async function nextNumber(db: Database, businessId: string): Promise<number> {
  return 1001 + (await db.order.count({ where: { businessId } }));
}

/** The row of each resource, by the resource's name. */
export function idByResource(rows: Rows): Record<string, string> {
  return {
    accounts: rows.accountId,
    'instagram-accounts': rows.instagramAccountId,
    'api-keys': rows.apiKeyId,
    'app-logs': rows.appLogId,
    'audit-logs': rows.auditId,
    businesses: rows.businessId,
    'test-conversations': rows.testConversationId,
    'catalog-sources': rows.catalogSourceId,
    products: rows.productId,
    'post-links': rows.postLinkId,
    'sync-runs': rows.syncRunId,
    // By its address an action of runs.
    sync: rows.syncRunId,
    'canned-replies': rows.cannedReplyId,
    colleagues: rows.userId,
    contacts: rows.contactId,
    conversations: rows.conversationId,
    decisions: rows.decisionId,
    faqs: rows.faqId,
    followups: rows.followUpId,
    'inbound-deliveries': rows.deliveryId,
    'inbound-events': rows.eventId,
    labels: rows.labelId,
    messages: rows.messageId,
    notes: rows.noteId,
    orders: rows.orderId,
    'outbound-messages': rows.outboundId,
    'prompt-versions': rows.promptVersionId,
    prompts: rows.promptId,
    'rerun-results': rows.rerunResultId,
    reruns: rows.rerunId,
    'saved-filters': rows.savedFilterId,
    sessions: rows.sessionId,
    tickets: rows.ticketId,
    timers: rows.timerId,
    users: rows.userId,
  };
}
