import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { foundConversation } from '../../src/conversations/founding-store.ts';
import { FIXED_TEXTS } from '../../src/replies/fixed-texts.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';

let lab: ActivityLab;
beforeAll(async () => {
  lab = await openActivityLab();
});
afterAll(async () => {
  await lab.close();
});
beforeEach(() => lab.directam.behave('ok-with-id'));

const notice = { reason: 'loop' as const, withinMs: 2 * HOUR_MS };
const ticket = { reason: 'loop' as const, note: 'The same exchange repeated; the bot is paused.' };
/** What the core asks for when the loop breaker trips. */
const breakLoop = async (talk: Talk): Promise<readonly string[]> => {
  const changes = { mode: 'paused' as const, modeUntilMs: Date.now() + notice.withinMs, ticket, notice };
  return (await lab.run('recordConversation', { identity: talk, changes }))?.plannedIds ?? [];
};
const send = (talk: Talk, outboundIds: readonly string[]) =>
  lab.run('sendOutbound', { identity: talk, outboundIds: [...outboundIds], followUpId: null });
const sendsTo = (talk: Talk) => lab.directam.received.filter((received) => received.receiverId === talk.customer);
const textOf = async (ids: readonly string[]) => (await lab.outbound(ids[0] as string)).text;

describe('the word about a loop', () => {
  it('reaches the customer while the bot is paused, and the conversation waits for a person all the same', async () => {
    const talk = await lab.talk(['Is it there?'], { waitingSince: new Date() });
    const ids = await breakLoop(talk);
    expect(ids).toHaveLength(1);
    await send(talk, ids);
    expect(sendsTo(talk).map(({ text }) => text)).toEqual([FIXED_TEXTS.loopNotice.en]);
    expect(await lab.outbound(ids[0] as string)).toMatchObject({
      state: 'sent',
      author: 'bot',
      purpose: 'loop_notice',
    });
    const where = { id: talk.conversationId };
    expect(await lab.db.conversation.findUniqueOrThrow({ where })).toMatchObject({
      mode: 'paused',
      needsHuman: true,
      waitingSince: expect.any(Date),
    });
    expect(await lab.db.message.count({ where: { outboundId: ids[0] as string } })).toBe(1);
  });

  it('is planned once, however often the record is repeated, and not again within the pause', async () => {
    const talk = await lab.talk(['Is it there?']);
    const ids = await breakLoop(talk);
    expect(await breakLoop(talk), 'a record that ran twice').toEqual(ids);
    await send(talk, ids);
    expect(await breakLoop(talk), 'an operator gave the conversation back, and it went round again').toEqual([]);
    expect(await lab.db.outboundMessage.count({ where: { conversationId: talk.conversationId } })).toBe(1);
    await lab.db.outboundMessage.updateMany({
      where: { conversationId: talk.conversationId },
      data: { createdAt: new Date(Date.now() - notice.withinMs - 1000) },
    });
    expect(await breakLoop(talk), 'another loop, long after').toHaveLength(1);
  });

  it('is given again when the one before was held back, because nobody was told', async () => {
    const talk = await lab.talk(['Is it there?']);
    await lab.db.contact.update({ where: { id: talk.contactId }, data: { optedOutAt: new Date() } });
    const ids = await breakLoop(talk);
    await send(talk, ids);
    expect(await lab.outbound(ids[0] as string)).toMatchObject({ state: 'blocked', reason: 'opted_out' });
    expect(sendsTo(talk)).toEqual([]);
    expect(await breakLoop(talk)).toHaveLength(1);
  });

  it.each([
    ['their last words', ['سلام', 'موجوده؟'], {}, 'fa'],
    ['their last words, whatever they spoke before', ['Is it there?'], { language: 'fa' }, 'en'],
    ['what they spoke before, where the words do not tell', ['👍', '123'], { language: 'en' }, 'en'],
    ['the shop', ['👍'], {}, 'fa'],
  ] as const)('is in the language of %s', async (_, lines, contact, language) => {
    const talk = await lab.talk([...lines]);
    await lab.db.contact.update({ where: { id: talk.contactId }, data: contact });
    expect(await textOf(await breakLoop(talk))).toBe(FIXED_TEXTS.loopNotice[language]);
  });

  it('is sent by the next run when its own was lost before the send', async () => {
    const talk = await lab.talk(['Is it there?']);
    const ids = await breakLoop(talk);
    expect(await foundConversation(lab.db, talk.conversationId)).toMatchObject({ mode: 'paused', outbox: ids });
    await send(talk, ids);
    expect(await foundConversation(lab.db, talk.conversationId)).toMatchObject({ outbox: [] });
  });
});
