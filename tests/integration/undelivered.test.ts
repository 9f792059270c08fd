import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimOutbound, markOutboundSent, matchEcho, noteSentAgain, settleOutbound } from '../../src/outbox/store.ts';
import { HELD_BACK_RIGHTLY, UNKNOWN_MS } from '../../src/outbox/undelivered.ts';
import { seeToUndelivered } from '../../src/outbox/undelivered-watch.ts';
import { fingerprintOf } from '../../src/text/fingerprint.ts';
import { openTicket } from '../../src/tickets/store.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';

/** A customer who waits for a message that did not arrive is somebody's work, and only for as long. */
let lab: ActivityLab;
beforeAll(async () => {
  lab = await openActivityLab();
});
afterAll(async () => {
  await lab.close();
});
beforeEach(() => lab.directam.behave('ok-with-id'));

const look = (inMs = 0) => seeToUndelivered({ db: lab.db, openTicket }, new Date(Date.now() + inMs));
const needsHuman = async ({ conversationId }: Talk) =>
  (await lab.db.conversation.findUniqueOrThrow({ where: { id: conversationId } })).needsHuman;
const tickets = ({ conversationId }: Talk) =>
  lab.db.ticket.findMany({ where: { conversationId }, orderBy: { createdAt: 'asc' } });
const send = (talk: Talk, outboundIds: string[]) =>
  lab.run('sendOutbound', { identity: talk, outboundIds, followUpId: null });
const block = async (talk: Talk, reason: string, row: object = {}) => {
  const id = await lab.plan(talk, 'answer', row);
  await settleOutbound(lab.db, id, 'blocked', reason, ['planned']);
  return id;
};
const answer = async (talk: Talk) => send(talk, [await lab.plan(talk, 'my own words', { author: 'human' })]);

describe('an answer that did not arrive', () => {
  it.each([
    ['refused', 'success-false', 'refused'],
    ['refused with the whole account', 'unauthorized', 'bad_api_key'],
  ] as const)('calls a person when it was %s, and says why', async (_, how, reason) => {
    const talk = await lab.talk();
    lab.directam.behave([how, 'ok']);
    await send(talk, [await lab.plan(talk, 'answer')]);
    expect(await needsHuman(talk)).toBe(false);
    await look();
    expect(await needsHuman(talk)).toBe(true);
    const note = expect.stringMatching(new RegExp(`^Not delivered \\(${reason}\\)\\. .+`));
    expect(await tickets(talk)).toMatchObject([{ reason: 'send_rejected', state: 'open', note }]);
    await look();
    expect(await tickets(talk)).toHaveLength(1);
  });

  it.each(['window_closed', 'bot_paused', 'account_needs_reconnect', 'temporal_unavailable'])(
    'calls a person when it was held back by %s',
    async (reason) => {
      const talk = await lab.talk();
      await block(talk, reason);
      await look();
      expect(await needsHuman(talk)).toBe(true);
      expect(await tickets(talk)).toMatchObject([{ reason: 'send_blocked', note: expect.stringContaining(reason) }]);
    },
  );

  it('calls a person when it waits for its account to be connected again, until it was sent', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'answer');
    const row = { where: { id } };
    await lab.db.outboundMessage.update({ ...row, data: { reason: 'account_needs_reconnect' } });
    await look();
    expect(await needsHuman(talk)).toBe(false);
    await look(60_000);
    expect(await needsHuman(talk)).toBe(true);
    await look(61_000);
    expect(await tickets(talk)).toMatchObject([
      { reason: 'send_blocked', state: 'open', note: expect.stringContaining('Connect') },
    ]);
    await send(talk, [id]);
    await look(62_000);
    expect(await needsHuman(talk)).toBe(false);
  });

  it.each(HELD_BACK_RIGHTLY)('calls nobody when it was held back by %s', async (reason) => {
    const talk = await lab.talk();
    const id = await block(talk, reason);
    await look();
    expect(await needsHuman(talk)).toBe(false);
    expect(await lab.outbound(id)).toMatchObject({ noticedAt: expect.any(Date) });
  });

  it('calls a person for what was promised to the customer, although another is at work there', async () => {
    const talk = await lab.talk();
    await block(talk, 'human_took_over', { purpose: 'restock' });
    await look();
    expect(await tickets(talk)).toMatchObject([{ reason: 'send_blocked' }]);
  });

  it('calls a person when nobody knows for a minute, and nobody before', async () => {
    const talk = await lab.talk();
    lab.directam.behave(['accept-and-drop', 'ok']);
    await send(talk, [await lab.plan(talk, 'perhaps')]);
    await look(UNKNOWN_MS - 5000);
    expect(await needsHuman(talk)).toBe(false);
    await look(UNKNOWN_MS + 1000);
    expect(await needsHuman(talk)).toBe(true);
    expect(await tickets(talk)).toMatchObject([{ reason: 'unknown_send', note: expect.stringContaining('mark it') }]);
  });

  it('calls a person when the provider took it and could not deliver it', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'taken');
    await send(talk, [id]);
    await look();
    expect(await needsHuman(talk)).toBe(false);
    const failed = { failedAt: new Date(), reason: 'no_signal' };
    await lab.db.outboundMessage.update({ where: { id }, data: failed });
    await look();
    expect(await tickets(talk)).toMatchObject([
      { reason: 'send_rejected', note: expect.stringContaining('no_signal') },
    ]);
  });

  it('calls nobody for a follow-up, which nobody waits for', async () => {
    const talk = await lab.talk();
    await block(talk, 'window_closed', { author: 'follow-up' });
    await look();
    expect(await needsHuman(talk)).toBe(false);
  });

  it('calls one person for all of its parts, and for those that only waited for the part before', async () => {
    const talk = await lab.talk();
    const decision = await lab.db.decision.create({
      data: {
        businessId: talk.businessId,
        conversationId: talk.conversationId,
        turnId: randomUUID(),
        state: 'decided',
      },
    });
    const parts: string[] = [];
    for (const position of [0, 1, 2])
      parts.push(await lab.plan(talk, `part ${position}`, { position, decisionId: decision.id }));
    lab.directam.behave(['ok', 'accept-and-drop', 'ok']);
    await send(talk, parts);
    expect((await lab.outbound(parts[2] as string)).reason).toBe('earlier_part_not_sent');
    await look();
    expect(await needsHuman(talk)).toBe(true);
    await look(UNKNOWN_MS + 1000);
    expect(await tickets(talk)).toHaveLength(1);

    const other = await lab.talk();
    const { id: decisionId } = await lab.db.decision.create({
      data: {
        businessId: other.businessId,
        conversationId: other.conversationId,
        turnId: randomUUID(),
        state: 'decided',
      },
    });
    await block(other, 'human_took_over', { decisionId });
    await block(other, 'earlier_part_not_sent', { decisionId, position: 1 });
    await look();
    expect(await needsHuman(other)).toBe(false);
  });
});

describe('a customer who was called a person for', () => {
  const called = async (how: 'success-false' | 'accept-and-drop' = 'success-false') => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, `missed ${talk.customer}`);
    lab.directam.behave([how, 'ok']);
    await send(talk, [id]);
    await look(UNKNOWN_MS + 1000);
    expect(await needsHuman(talk)).toBe(true);
    return { talk, id };
  };

  it('waits no more once a person has answered, and still when the bot has', async () => {
    const { talk } = await called();
    await send(talk, [await lab.plan(talk, 'the next answer')]);
    await look();
    expect(await needsHuman(talk)).toBe(true);
    await answer(talk);
    expect(await needsHuman(talk)).toBe(false);
    expect(await tickets(talk)).toMatchObject([{ state: 'solved' }]);
  });

  it('waits on when the answer of the person does not arrive either', async () => {
    const { talk } = await called();
    lab.directam.behave('success-false');
    await answer(talk);
    await look();
    expect(await needsHuman(talk)).toBe(true);
  });

  it('waits no more once somebody wrote on the page', async () => {
    const { talk } = await called();
    await lab.db.conversation.update({
      where: { id: talk.conversationId },
      data: { lastPageMessageAt: new Date(Date.now() + 1000) },
    });
    await look();
    expect(await needsHuman(talk)).toBe(false);
  });

  it('waits no more once the message turned out to have arrived', async () => {
    const { talk, id } = await called('accept-and-drop');
    const fingerprint = fingerprintOf(`missed ${talk.customer}`);
    await matchEcho(lab.db, talk.conversationId, { eventId: randomUUID(), fingerprint, media: null, externalId: null });
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent' });
    await look();
    expect(await needsHuman(talk)).toBe(false);
  });

  it('waits no more once a person settled it, and again when what was sent instead fails', async () => {
    const { talk, id } = await called('accept-and-drop');
    await noteSentAgain(lab.db, id, 'user:sara');
    await look();
    expect(await needsHuman(talk)).toBe(false);
    lab.directam.behave('success-false');
    await send(talk, [await lab.plan(talk, 'again', { author: 'human', resendOfId: id })]);
    await look();
    expect(await needsHuman(talk)).toBe(true);
  });

  it('waits no more once a person solved the ticket, whatever is looked at later', async () => {
    const { talk } = await called();
    await lab.db.ticket.updateMany({ where: { conversationId: talk.conversationId }, data: { state: 'solved' } });
    await look();
    expect(await needsHuman(talk)).toBe(false);
    expect(await tickets(talk)).toHaveLength(1);
  });

  it('is not called one for when a person was faster', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'missed');
    await claimOutbound(lab.db, id);
    await settleOutbound(lab.db, id, 'rejected', 'refused', ['sending']);
    await answer(talk);
    await look();
    expect(await needsHuman(talk)).toBe(false);
  });

  it('keeps the tickets of other kinds', async () => {
    const { talk } = await called();
    await openTicket(lab.db, talk, { reason: 'handoff', note: 'The customer asked for a person.' });
    await answer(talk);
    expect((await tickets(talk)).map(({ reason, state }) => [reason, state])).toEqual([
      ['send_rejected', 'solved'],
      ['handoff', 'open'],
    ]);
  });

  it('has one ticket when several look at once', async () => {
    const talk = await lab.talk();
    await block(talk, 'window_closed');
    await block(talk, 'window_closed');
    await Promise.all([look(), look(), look()]);
    expect(await tickets(talk)).toHaveLength(1);
    const unknown = await lab.plan(talk, 'late proof');
    await claimOutbound(lab.db, unknown);
    await settleOutbound(lab.db, unknown, 'unknown', 'timeout', ['sending']);
    const proof = { externalId: null, httpStatus: null, settledBy: 'echo' };
    await Promise.all([look(UNKNOWN_MS + 1000), markOutboundSent(lab.db, unknown, proof)]);
    expect(await lab.outbound(unknown)).toMatchObject({ state: 'sent' });
  });
});
