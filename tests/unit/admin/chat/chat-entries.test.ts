import { describe, expect, it } from 'vitest';
import { addNotes, groupByDay, mergeChat } from '../../../../admin/src/chat/chat-entries.ts';
import type { Message, Note, OutboundMessage } from '../../../../admin/src/records.ts';

const OF_CONTACT = { contactId: 'k', contactName: 'Sara', contactExternalId: '1', channel: 'simulator' };

const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`;

function buildMessage(over: Partial<Message>): Message {
  const base = { id: 'm', conversationId: 'c', ...OF_CONTACT, kind: 'text', text: '', media: [], createdAt: at(0) };
  return { ...base, direction: 'in', author: 'customer', externalId: null, outboundId: null, ...over } as Message;
}

function buildOutbound(over: Partial<OutboundMessage>): OutboundMessage {
  const base = { id: 'o', conversationId: 'c', ...OF_CONTACT, author: 'bot', text: '', attempts: 1, createdAt: at(0) };
  return { ...base, state: 'sent', externalId: null, reason: '', ...over } as OutboundMessage;
}

const shown = (entries: ReturnType<typeof mergeChat>) => entries.map(({ id }) => id);

describe('mergeChat', () => {
  it('shows the oldest first, whatever order the rows come in', () => {
    const messages = [buildMessage({ id: 'b', createdAt: at(2) }), buildMessage({ id: 'a', createdAt: at(1) })];
    expect(shown(mergeChat(messages, [], true))).toEqual(['a', 'b']);
  });

  it('shows a send and its line of the transcript once, with the author of the send', () => {
    const said = buildMessage({ id: 'a', direction: 'out', author: 'bot', outboundId: 'o1' });
    const entries = mergeChat([said], [buildOutbound({ id: 'o1', author: 'follow-up' })], true);
    expect(shown(entries)).toEqual(['a']);
    expect(entries[0]).toMatchObject({ author: 'follow-up', outbound: { id: 'o1' } });
  });

  it.each([
    ['somebody', ['a', 'b']],
    ['echo', ['a', 'b']],
    ['provider', ['b', 'a']],
  ])('shows what was settled by %s where it was said', (settledBy, order) => {
    const late = buildMessage({ id: 'a', direction: 'out', outboundId: 'o1', createdAt: at(9) });
    const answer = buildMessage({ id: 'b', createdAt: at(5) });
    const send = buildOutbound({ id: 'o1', settledBy, createdAt: at(1) });
    expect(shown(mergeChat([late, answer], [send], true))).toEqual(order);
  });

  it('recognises a send by the id on the channel', () => {
    const said = buildMessage({ id: 'a', direction: 'out', author: 'page', externalId: 'x' });
    expect(shown(mergeChat([said], [buildOutbound({ externalId: 'x' })], true))).toEqual(['a']);
  });

  it('takes nothing that a customer said for a send of ours', () => {
    const said = buildMessage({ id: 'a', externalId: 'x' });
    const entries = mergeChat([said], [buildOutbound({ id: 'o1', state: 'unknown', externalId: 'x' })], true);
    expect(shown(entries)).toEqual(['a', 'o1']);
  });

  it.each(['planned', 'sending', 'rejected', 'unknown', 'blocked'] as const)('shows a send that is %s', (state) => {
    const entries = mergeChat([], [buildOutbound({ id: 'o1', state, text: 'Hi' })], true);
    expect(entries).toMatchObject([{ id: 'o1', direction: 'out', text: 'Hi', message: null }]);
  });

  it('leaves out sends from before the loaded part of the chat', () => {
    const messages = [buildMessage({ id: 'a', createdAt: at(5) })];
    const old = buildOutbound({ id: 'o1', state: 'blocked', createdAt: at(1) });
    expect(shown(mergeChat(messages, [old], false))).toEqual(['a']);
    expect(shown(mergeChat(messages, [old], true))).toEqual(['o1', 'a']);
  });
});

const buildNote = (id: string, createdAt: string): Note => ({
  id,
  conversationId: 'c',
  channel: 'simulator',
  contactId: 'p',
  contactName: 'Sara',
  contactExternalId: 'sara',
  userId: null,
  createdAt,
  updatedAt: createdAt,
  text: 'Call her',
  authorName: 'reza',
});

describe('addNotes', () => {
  const chat = mergeChat(
    [buildMessage({ id: 'a', createdAt: at(1) }), buildMessage({ id: 'b', createdAt: at(3) })],
    [],
    true,
  );

  it('puts a note where it was written, as nothing that was said', () => {
    const entries = addNotes(chat, [buildNote('n', at(2))], true);
    expect(shown(entries)).toEqual(['a', 'n', 'b']);
    expect(entries[1]).toMatchObject({ direction: 'note', author: 'reza', message: null, outbound: null });
  });

  it('leaves out notes from before the loaded part', () => {
    expect(shown(addNotes(chat, [buildNote('n', at(0))], false))).toEqual(['a', 'b']);
    expect(shown(addNotes(chat, [buildNote('n', at(0))], true))).toEqual(['n', 'a', 'b']);
  });
});

describe('groupByDay', () => {
  it('keeps the lines of a day together, and says where each begins', () => {
    const lines = ['2026-11-20T23:00:00.000Z', '2026-11-21T01:00:00.000Z', '2026-11-21T02:00:00.000Z'];
    const entries = mergeChat(
      lines.map((createdAt, index) => buildMessage({ id: String(index), createdAt })),
      [],
      true,
    );
    const days = groupByDay(entries, (iso) => iso.slice(0, 10));
    expect(days.map(({ at: from, entries: own }) => [from, own.length])).toEqual([
      [lines[0], 1],
      [lines[1], 2],
    ]);
    expect(groupByDay([], String)).toEqual([]);
  });
});
