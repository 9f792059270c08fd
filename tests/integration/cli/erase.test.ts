import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { RETENTION } from '../../../src/features.ts';
import { appendAudit } from '../../../src/platform/audit/audit-store.ts';
import { type Database, openDatabase } from '../../../src/platform/database/client.ts';
import { applyRetention } from '../../../src/platform/database/retention-store.ts';
import { wholeWord } from '../../../src/platform/erasure/erasure.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

// Goal: nothing that names a customer or that they said is left anywhere, and nothing of anybody else is touched. Method: rows of
// every kind that a customer leaves behind, and a search through every column of every table.

let database: TestDatabase;
let db: Database;
let shop: { businessId: string; accountId: string; userId: string };

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, 4);
  const business = await db.business.create({ data: { slug: 'shop', name: 'Shop' } });
  const of = { businessId: business.id };
  const account = await db.account.create({ data: { ...of, channel: 'directam', externalId: 'the-shop' } });
  const user = await db.user.create({ data: { ...of, username: 'operator', passwordHash: 'none' } });
  shop = { ...of, accountId: account.id, userId: user.id };
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

async function peyk(...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    env: { DATABASE_URL: database.url, PEYK_DATA_DIR: '/nonexistent' },
    stdin: Readable.from(['']),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

interface Person {
  name: string;
  externalId: string;
  phone: string;
  /** A word that only they use. */
  word: string;
}

const personOf = (mark: string, number: number): Person => ({
  name: `Nameof${mark}`,
  externalId: `77${number}001`,
  phone: `+98912000${number}`,
  word: `speciality${mark}`,
});

/** Leaves a row behind in everything that a customer can leave one in. */
async function live(person: Person, more: { sharedBody?: string } = {}) {
  const { businessId, accountId, userId } = shop;
  const { name, externalId, phone, word } = person;
  const of = { businessId };
  const fields = { street: `Street of ${word}` };
  const contact = await db.contact.create({
    data: { ...of, accountId, externalId, name, note: `${name} likes ${word}`, fields },
  });
  const conversation = await db.conversation.create({
    data: { ...of, accountId, contactId: contact.id, channel: 'directam', lastMessageText: `about ${word}` },
  });
  const conversationId = conversation.id;
  const inside = { ...of, conversationId };
  await db.dispatch.create({ data: inside });
  const sentAt = new Date();
  const text = `I am ${name}, my number is ${phone}, have you ${word} shoes?`;
  const said = { ...inside, direction: 'in', author: 'customer', sentAt };
  const message = await db.message.create({ data: { ...said, text, payload: word, edits: [{ text: word }] } });
  await db.messageChange.create({
    data: {
      id: randomUUID(),
      ...inside,
      messageId: message.id,
      externalId: 'm1',
      kind: 'edit',
      text,
      occurredAt: sentAt,
    },
  });
  const body = more.sharedBody ?? JSON.stringify({ sender_id: externalId, text });
  const delivery = await db.inboundDelivery.create({ data: { ...of, channel: 'directam', body } });
  const quarantined = { ...of, channel: 'directam', state: 'quarantined' };
  await db.inboundDelivery.create({ data: { ...quarantined, body: JSON.stringify({ sender: Number(externalId) }) } });
  await db.inboundEvent.create({
    data: {
      ...{ ...inside, accountId, deliveryId: delivery.id, messageId: message.id },
      ...{ dedupeKey: `key-${externalId}`, kind: 'message', seq: 1, occurredAt: sentAt },
    },
  });
  const decision = await db.decision.create({
    data: {
      ...inside,
      turnId: `${conversationId}:1.1`,
      messageIds: [message.id],
      facts: { asked: word },
      reason: word,
    },
  });
  const upload = await db.upload.create({
    data: {
      id: uuidv7(),
      ...of,
      kind: 'image',
      type: 'image/webp',
      extension: 'webp',
      bytes: 1,
      content: new Uint8Array(1),
    },
  });
  const content = { kind: 'image', url: `upload:${upload.id}.webp`, caption: word };
  const written = { ...inside, author: 'human', userId, text: `Dear ${name}`, state: 'sent', decisionId: decision.id };
  const outbound = await db.outboundMessage.create({ data: { ...written, content, fingerprint: word } });
  await db.message.create({
    data: {
      ...inside,
      direction: 'out',
      author: 'human',
      text: `Dear ${name}`,
      content,
      sentAt,
      outboundId: outbound.id,
    },
  });
  await db.deliveryStatus.create({
    data: {
      ...of,
      accountId,
      outboundId: outbound.id,
      dedupeKey: word,
      state: 'failed',
      reason: word,
      occurredAt: sentAt,
    },
  });
  const dueAt = new Date(Date.now() + 3_600_000);
  await db.followUp.create({ data: { ...inside, text: `${name}, still ${word}?`, dueAt } });
  await db.timer.create({ data: { id: uuidv7(), ...inside, kind: 'send_later', dueAt, outboundIds: [outbound.id] } });
  const ticket = await db.ticket.create({
    data: { ...inside, reason: 'handoff', note: `${name} is angry about ${word}` },
  });
  await db.note.create({ data: { ...inside, userId, text: `${name} pays late` } });
  await db.orderForm.create({ data: { id: uuidv7(), ...inside, form: { name, phone }, previous: { form: { name } } } });
  const order = await db.order.create({
    data: {
      ...{ ...inside, number: 1001 + (await db.order.count()), turnId: `${conversationId}:1.1`, total: 900_000n },
      ...{ customerName: name, phone, address: `Street of ${word}`, note: word, items: [{ title: 'Red shoes' }] },
    },
  });
  await db.productRequest.create({ data: { ...inside, decisionId: decision.id, words: word, outcome: 'none' } });
  await db.behaviourProfile.create({ data: { ...of, contactId: contact.id, categories: { [word]: 1 } } });
  const rerun = await db.rerun.create({
    data: { ...of, promptVersion: 'v2', days: 7, total: 1, conversationId, createdBy: 'test' },
  });
  await db.rerunResult.create({
    data: { ...inside, rerunId: rerun.id, decisionId: decision.id, position: 0, question: text, before: { text } },
  });
  const day = new Date('2026-11-27');
  for (const [metric, key] of [
    ['keyword', word],
    ['keyword', 'shoes'],
    ['not_found', word],
    ['incoming', ''],
  ])
    await db.dailyFigure.upsert({
      where: { businessId_metric_day_hour_key: { ...of, metric: metric as string, day, hour: -1, key: key as string } },
      create: { ...of, day, metric: metric as string, key: key as string, count: 1 },
      update: { count: { increment: 1 } },
    });
  const entry = { ...of, actor: userId, subject: name };
  const noted = { action: 'update' as const, before: { name: 'x' }, after: { name, note: word, externalId } };
  await appendAudit(db, { ...entry, ...noted, resource: 'contacts', resourceId: contact.id });
  await appendAudit(db, { ...entry, ...noted, resource: 'orders', resourceId: order.id });
  await appendAudit(db, {
    ...entry,
    action: 'update',
    resource: 'tickets',
    resourceId: ticket.id,
    after: { note: word },
  });
  const sent = { action: 'send' as const, resource: 'outbound-messages', resourceId: randomUUID() };
  await appendAudit(db, { ...entry, ...sent, after: { conversationId, text: `Dear ${name}` } });
  await db.appLog.create({ data: { ...of, level: 'warn', message: 'odd', fields: { contact: externalId } } });
  await db.savedFilter.create({ data: { ...of, userId, name: externalId, filter: { contactExternalId: externalId } } });
  return {
    person,
    contactId: contact.id,
    conversationId,
    orderId: order.id,
    uploadId: upload.id,
    deliveryId: delivery.id,
  };
}

/** Tables with a row that says this, with the number of such rows. */
async function findEverywhere(text: string): Promise<Record<string, number>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'`;
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM "${name}" AS row WHERE row::text ILIKE '%' || $1 || '%'`,
      text,
    );
    if (row && row.n > 0) found[name] = row.n;
  }
  return found;
}
async function traces({ name, externalId, phone, word }: Person): Promise<Record<string, Record<string, number>>> {
  const found: Record<string, Record<string, number>> = {};
  for (const said of [name, externalId, phone.slice(3), word]) found[said] = await findEverywhere(said);
  return found;
}
const none = ({ name, externalId, phone, word }: Person) =>
  Object.fromEntries([name, externalId, phone.slice(3), word].map((said) => [said, {}]));

describe('peyk erase', () => {
  let count = 5000;
  let one: Awaited<ReturnType<typeof live>>;
  let other: Awaited<ReturnType<typeof live>>;
  beforeEach(async () => {
    count += 2;
    one = await live(personOf(`a${count}`, count));
    other = await live(personOf(`b${count}`, count + 1));
  });

  it('leaves nothing of a customer in any column of any table, and touches nobody else', async () => {
    const before = await traces(other.person);
    expect(
      Object.keys((await traces(one.person))[one.person.word] ?? {}).length,
      'the search finds it',
    ).toBeGreaterThan(15);
    const done = await peyk('erase', one.contactId, '--yes', '--json');
    expect([done.code, done.err]).toEqual([0, '']);
    expect(JSON.parse(done.out)).toMatchObject({
      erased: true,
      dryRun: false,
      rows: { contacts: 1, orders: 1, uploads: 1 },
    });
    expect(await traces(one.person)).toEqual(none(one.person));
    expect(await traces(other.person)).toEqual(before);
    expect(await db.conversation.count({ where: { id: one.conversationId } })).toBe(0);
    expect(await db.inboundEvent.count({ where: { conversationId: other.conversationId } })).toBe(1);
  });

  it('keeps what was sold and for how much, and sums of what others did as well', async () => {
    const figure = { businessId: shop.businessId, metric: 'keyword', key: 'shoes' };
    const before = await db.dailyFigure.findFirstOrThrow({ where: figure });
    await peyk('erase', one.contactId, '--yes');
    const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId }, include: { conversation: true } });
    expect(order).toMatchObject({
      total: 900_000n,
      items: [{ title: 'Red shoes' }],
      phone: '',
      customerName: '',
      address: '',
    });
    expect(order.conversation).toMatchObject({ status: 'closed', needsHuman: false });
    expect(await db.dailyFigure.findFirstOrThrow({ where: figure }), 'others speak of shoes, too').toEqual(before);
    expect(await db.dailyFigure.count({ where: { ...figure, key: other.person.word } })).toBe(1);
    expect(await db.dailyFigure.count({ where: { ...figure, key: one.person.word } })).toBe(0);
  });

  it('says in the audit log that it was done, by whom and when, and who did what before, without the words', async () => {
    await peyk('erase', one.contactId, '--yes');
    const rows = await db.auditLog.findMany({ where: { resourceId: one.contactId }, orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { actor: shop.userId, action: 'update', subject: '', before: null, after: { erased: true } },
      { actor: 'cli', action: 'erase', subject: '', before: null, after: null },
    ]);
    const others = await db.auditLog.findMany({ where: { resourceId: other.contactId } });
    expect(others).toMatchObject([{ subject: other.person.name, after: { name: other.person.name } }]);
  });

  it('lets nobody change the audit log in any other way', async () => {
    const { id } = await db.auditLog.findFirstOrThrow({ where: { resourceId: other.contactId } });
    const change = (data: object) => db.auditLog.update({ where: { id }, data });
    await expect(change({ subject: '' })).rejects.toThrow(/append-only/);
    await expect(change({ after: { erased: true } })).rejects.toThrow(/append-only/);
    await expect(db.auditLog.delete({ where: { id } })).rejects.toThrow(/append-only/);
  });

  it('removes files that only they were sent with the next retention, and no others', async () => {
    await peyk('erase', one.contactId, '--yes');
    await applyRetention(db, RETENTION, { now: new Date(), dryRun: false });
    expect(await db.upload.count({ where: { id: one.uploadId } })).toBe(0);
    expect(await db.upload.count({ where: { id: other.uploadId } })).toBe(1);
  });

  it('changes nothing when it only counts, and nothing without a yes', async () => {
    const before = await traces(one.person);
    const dry = await peyk('erase', one.contactId, '--dry-run', '--json');
    expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, erased: false, rows: { contacts: 1, deliveries: 2 } });
    const unasked = await peyk('erase', one.contactId);
    expect([unasked.code, unasked.err]).toEqual([2, expect.stringContaining('--yes')]);
    expect(await traces(one.person)).toEqual(before);
  });

  it('finds a customer by the id on the channel and by the phone of an order, however that is written', async () => {
    const { phone, externalId } = one.person;
    const idsOf = async (given: string) => JSON.parse((await peyk('erase', given, '--dry-run', '--json')).out).contacts;
    const expected = [{ contactId: one.contactId, channel: 'directam' }];
    expect(await idsOf(externalId)).toEqual(expected);
    for (const written of [
      phone,
      phone.replace('+98', '0'),
      phone.replace('+98', '0098'),
      phone.replace('+98912', '0912 '),
    ])
      expect(await idsOf(written), written).toEqual(expected);
  });

  it('refuses to guess: nobody, and more than one without being told so', async () => {
    const nobody = await peyk('erase', 'no-such-customer', '--yes', '--json');
    expect([nobody.code, JSON.parse(nobody.out)]).toEqual([
      1,
      { contacts: [], error: expect.stringContaining('No customer') },
    ]);
    await db.order.update({ where: { id: other.orderId }, data: { phone: one.person.phone } });
    const two = await peyk('erase', one.person.phone, '--yes', '--json');
    expect(two.code).toBe(1);
    expect(JSON.parse(two.out)).toMatchObject({ contacts: [{}, {}], error: expect.stringContaining('--all') });
    expect(await db.contact.count({ where: { id: { in: [one.contactId, other.contactId] } } })).toBe(2);
    expect((await peyk('erase', one.person.phone, '--yes', '--all')).code).toBe(0);
    expect(await db.contact.count({ where: { id: { in: [one.contactId, other.contactId] } } })).toBe(0);
    expect((await peyk('erase', one.contactId, '--business', 'no-such', '--yes')).code).toBe(2);
  });
});

describe('wholeWord', () => {
  it.each([
    ['"sender":77,', '77', true],
    ['"sender":"77"', '77', true],
    ['"at":1776', '77', false],
    ['x77', '77', false],
    ['id=a.b+c', 'a.b+c', true],
    ['id=aXb+c', 'a.b+c', false],
  ])('of %s and %s is %s', async (text, word, isThere) => {
    const [row] = await db.$queryRaw<{ found: boolean }[]>`SELECT ${text} ~ ${wholeWord(word)} AS found`;
    expect(row?.found).toBe(isThere);
  });
});
