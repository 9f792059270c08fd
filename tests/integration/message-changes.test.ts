import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulatorChannel } from '../../src/channels/simulator/index.ts';
import type { Inbox } from '../../src/inbox/inbox.ts';
import { loadReplyContext } from '../../src/replies/context-store.ts';
import { type InboxLab, openInboxLab } from '../support/inbox-lab.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const simulator = createSimulatorChannel();
let lab: InboxLab;
let inbox: Inbox;
beforeAll(async () => {
  lab = await openInboxLab();
  lab.selfConnecting.add('simulator');
  inbox = lab.openInbox();
});
afterAll(() => lab.close());

/** What a simulated customer does, `seconds` after ten o'clock. Their messages are named `m1`, `m2`, … */
function customer() {
  const conversation = `cust-${randomUUID()}`;
  const act = (seconds: number, body: object) => {
    const timestamp = new Date(NOW + seconds * 1000).toISOString();
    const rawBody = Buffer.from(JSON.stringify({ account: 'simulator', conversation, timestamp, ...body }));
    return inbox.ingest(simulator, { rawBody, headers: {}, receivedAtMs: Date.now() });
  };
  const where = { contact: { externalId: conversation } };
  const named = (id: string) => (id.startsWith('cust-') ? id : `${conversation}-${id}`);
  return {
    named,
    say: (seconds: number, id: string, text: string) => act(seconds, { message_id: named(id), text }),
    react: (seconds: number, id: string, emoji: string | null) =>
      act(seconds, { reaction: { message_id: named(id), emoji } }),
    edit: (seconds: number, id: string, text: string | null) => act(seconds, { edit: { message_id: named(id), text } }),
    message: (id: string) => lab.db.message.findFirstOrThrow({ where: { externalId: named(id), conversation: where } }),
    conversation: () => lab.db.conversation.findFirstOrThrow({ where, include: { dispatch: true } }),
    events: () => lab.db.inboundEvent.findMany({ where: { conversation: where }, orderBy: { seq: 'asc' } }),
    changes: () => lab.db.messageChange.findMany({ where: { conversation: where } }),
  };
}

const at = (seconds: number) => new Date(NOW + seconds * 1000);
const former = (seconds: number, text: string) => ({ text, at: at(seconds).toISOString() });

describe('a reaction', () => {
  it('stands on its message until it is taken back, whatever the order of arrival', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'hello');
    await sara.react(2, 'm1', '😍');
    await sara.react(1, 'm1', '❤️');
    expect(await sara.message('m1')).toMatchObject({ reaction: '😍', text: 'hello', editedAt: null });
    await sara.react(3, 'm1', null);
    expect((await sara.message('m1')).reaction).toBeNull();
  });

  it('opens no window, starts no turn and counts as no message', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'hello');
    const before = await sara.conversation();
    await lab.db.inboundEvent.updateMany({ where: { conversationId: before.id }, data: { dispatchedAt: new Date() } });
    await sara.react(90_000, 'm1', '❤️');
    await sara.edit(90_001, 'm1', 'hello!');
    const after = await sara.conversation();
    const { windowExpiresAt, lastUserMessageAt, unreadCount, lastMessageAt, waitingSince } = before;
    expect(after).toMatchObject({ windowExpiresAt, lastUserMessageAt, unreadCount, lastMessageAt, waitingSince });
    expect(after.dispatch?.dueAt).toEqual(before.dispatch?.dueAt);
    expect((await sara.events()).map(({ kind, dispatchedAt }) => [kind, dispatchedAt !== null])).toEqual([
      ['message', true],
      ['reaction', true],
      ['edit', true],
    ]);
    expect(await lab.db.message.count({ where: { conversationId: before.id } })).toBe(1);
  });

  it('is one however often it is delivered', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'hello');
    expect(await sara.react(1, 'm1', '❤️')).toMatchObject({ stored: 1, duplicates: 0 });
    expect(await sara.react(1, 'm1', '❤️')).toMatchObject({ stored: 0, duplicates: 1 });
    expect(await sara.changes()).toHaveLength(1);
  });

  it('waits for a message that comes later, and for no message of somebody else', async () => {
    const [sara, mina] = [customer(), customer()];
    await mina.say(0, 'm1', 'mine');
    await sara.react(1, mina.named('m1'), '👍');
    await sara.react(1, 'm1', '👍');
    expect((await sara.changes()).map(({ messageId }) => messageId)).toEqual([null, null]);
    await sara.say(0, 'm1', 'late');
    expect((await sara.message('m1')).reaction).toBe('👍');
    expect((await mina.message('m1')).reaction).toBeNull();
  });
});

describe('an edit', () => {
  it('shows the newest text and keeps the former ones in order, also when the older comes later', async () => {
    const sara = customer();
    await sara.edit(20, 'm1', 'three');
    await sara.say(0, 'm1', 'one');
    expect(await sara.message('m1')).toMatchObject({ text: 'three', edits: [former(0, 'one')], editedAt: at(20) });
    await sara.edit(10, 'm1', 'two');
    // The same number of the edit may come twice, and say nothing new.
    await sara.edit(21, 'm1', 'three');
    expect(await sara.message('m1')).toMatchObject({ text: 'three', edits: [former(0, 'one'), former(10, 'two')] });
    expect(await sara.conversation()).toMatchObject({ lastMessageText: 'three', unreadCount: 1 });
    const found = await lab.db.message.findFirstOrThrow({ where: { searchText: { contains: 'three' } } });
    expect(found.text).toBe('three');
  });

  it('changes nothing that the shop said', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'hello');
    const { id: conversationId } = await sara.conversation();
    const said = { businessId: lab.businessId, conversationId, direction: 'out', author: 'bot', sentAt: at(1) };
    await lab.db.message.create({ data: { ...said, text: 'ours', externalId: sara.named('o1') } });
    await sara.edit(2, 'o1', 'theirs');
    await sara.edit(3, 'o1', null);
    await sara.react(4, 'o1', '❤️');
    expect(await sara.message('o1')).toMatchObject({ text: 'ours', edits: [], unsentAt: null, reaction: '❤️' });
  });

  it('is what a turn reads that begins later, and a turn of before is thought over as it was', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'a red one');
    const { id: conversationId } = await sara.conversation();
    const { id } = await sara.message('m1');
    const lines = async (options = {}) =>
      (await loadReplyContext(lab.db, conversationId, [id], options))?.transcript.map(({ text }) => text);
    await sara.edit(10, 'm1', 'a blue one');
    expect(await lines()).toEqual(['a blue one']);
    await lab.db.decision.create({
      data: {
        businessId: lab.businessId,
        conversationId,
        turnId: id,
        state: 'decided',
        messageIds: [id],
        createdAt: at(15),
      },
    });
    await sara.edit(20, 'm1', 'a green one');
    expect(await lines()).toEqual(['a green one']);
    expect(await lines({ asOfThen: true })).toEqual(['a blue one']);
  });
});

describe('an unsent message', () => {
  it('keeps its place and nothing of what it said, and stays unsent whatever comes after', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'my secret');
    await sara.edit(1, 'm1', 'my other secret');
    await sara.edit(2, 'm1', null);
    await sara.edit(3, 'm1', 'a third secret');
    expect(await sara.message('m1')).toMatchObject({ text: '', searchText: '', edits: [], media: [], unsentAt: at(2) });
    expect((await sara.changes()).filter(({ text }) => text !== null)).toEqual([]);
    expect((await sara.conversation()).lastMessageText).toBe('');
    await sara.say(0, 'm1', 'my secret');
    const secret = (text: string) => lab.db.inboundDelivery.count({ where: { body: { contains: text } } });
    expect(await secret(sara.named('m2'))).toBe(0);
    await sara.say(4, 'm2', 'no secret');
    expect(await secret(sara.named('m1'))).toBe(1); // the wish itself
    expect(await Promise.all(['my secret', 'my other secret', 'a third secret'].map(secret))).toEqual([0, 0, 0]);
    expect(await secret(sara.named('m2'))).toBe(1);
  });

  it('is read by no turn', async () => {
    const sara = customer();
    await sara.say(0, 'm1', 'first');
    await sara.say(1, 'm2', 'second');
    await sara.edit(2, 'm2', null);
    const { id: conversationId } = await sara.conversation();
    const ids = [(await sara.message('m1')).id, (await sara.message('m2')).id];
    const context = await loadReplyContext(lab.db, conversationId, ids);
    expect(context?.transcript.map(({ text }) => text)).toEqual(['first']);
  });
});
