import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holdBackRestored } from '../../src/conversations/restored-store.ts';
import { checkInstallation, type EngineMemory } from '../../src/platform/installation/check.ts';
import { markRestored, readServerIdentity, resumeSending } from '../../src/platform/installation/installation-store.ts';
import type { Progress } from '../../src/platform/installation/rules.ts';
import { createEngineMemory } from '../../src/platform/temporal/engine-memory.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';
import { createTestNamespace, type TestNamespace } from '../support/temporal-namespace.ts';

let lab: ActivityLab;
let temporal: TestNamespace;
beforeAll(async () => {
  [lab, temporal] = await Promise.all([openActivityLab(), createTestNamespace()]);
});
afterAll(async () => {
  await temporal.close();
  await lab.close();
});
beforeEach(async () => {
  lab.directam.behave('ok-with-id');
  const { systemIdentifier, timeline } = await readServerIdentity(lab.db);
  await lab.db.installation.updateMany({ data: { systemIdentifier, timeline, sendingPausedAt: null } });
});

const readRow = () => lab.db.installation.findFirstOrThrow();

/** Remembers in this process; `away` makes every call fail. */
function createTestMemory(): EngineMemory & { known: Progress | null; away: boolean } {
  const memory = {
    known: null as Progress | null,
    away: false,
    recall: async () => {
      if (memory.away) throw new Error('away');
      return memory.known;
    },
    remember: async (_: string, progress: Progress) => {
      if (memory.away) throw new Error('away');
      memory.known = progress;
    },
  };
  return memory;
}

function check(memory: EngineMemory) {
  const signs: string[] = [];
  const errors: unknown[] = [];
  const deps = { db: lab.db, memory, holdBack: holdBackRestored };
  const onError = (error: unknown) => void errors.push(error);
  return checkInstallation({ ...deps, onError, onRestored: (sign) => signs.push(sign) }).then(() => ({
    signs,
    errors,
  }));
}

describe('checkInstallation', () => {
  it('writes down the server at the first look, rises with each, and pauses nothing', async () => {
    await lab.db.installation.updateMany({ data: { systemIdentifier: null, timeline: null } });
    const before = await readRow();
    const memory = createTestMemory();
    expect((await check(memory)).signs).toEqual([]);
    expect((await check(memory)).signs).toEqual([]);
    const after = await readRow();
    expect(after).toMatchObject({
      systemIdentifier: expect.stringMatching(/^\d+$/),
      timeline: 1,
      sendingPausedAt: null,
    });
    expect(after.watermark).toBe(before.watermark + 2n);
    expect(memory.known).toEqual({ generation: after.generation, watermark: after.watermark });
  });

  it.each([
    ['other_server', { systemIdentifier: '1' }],
    ['other_timeline', { timeline: 99 }],
    ['backup_loaded', { systemIdentifier: 'restored' }],
  ])('finds a copy by %s, once, however many look', async (sign, changes) => {
    await lab.db.installation.updateMany({ data: changes });
    const before = await readRow();
    const found = await Promise.all([check(createTestMemory()), check(createTestMemory())]);
    expect(found.flatMap(({ signs }) => signs)).toEqual([sign]);
    expect(await readRow()).toMatchObject({
      generation: before.generation + 1,
      sendingPausedReason: 'restored',
      sendingPausedAt: expect.any(Date),
      ...(await readServerIdentity(lab.db)),
    });
  });

  it('finds a database that went back in time by what the engine remembers, once', async () => {
    const memory = createTestMemory();
    await check(memory);
    const { generation, watermark } = await readRow();
    memory.known = { generation, watermark: watermark + 500n };
    expect((await check(memory)).signs).toEqual(['behind_engine']);
    expect(memory.known).toEqual({ generation: generation + 1, watermark: watermark + 501n });
    expect((await check(memory)).signs).toEqual([]);
  });

  it('goes on without an engine, and makes a row that somebody removed', async () => {
    await lab.db.installation.deleteMany();
    const memory = createTestMemory();
    memory.away = true;
    const { signs, errors } = await check(memory);
    expect([signs, errors.length]).toEqual([[], 1]);
    expect((await readRow()).watermark).toBe(1n);
  });
});

describe('createEngineMemory', () => {
  it('remembers in the engine, never goes back, and knows nothing of others', async () => {
    const memory = createEngineMemory(temporal.client);
    const id = randomUUID();
    expect(await memory.recall(id)).toBeNull();
    await Promise.all([
      memory.remember(id, { generation: 0, watermark: 7n }),
      memory.remember(id, { generation: 0, watermark: 7n }),
    ]);
    await memory.remember(id, { generation: 1, watermark: 2n });
    await memory.remember(id, { generation: 0, watermark: 900n });
    await expect.poll(() => memory.recall(id)).toEqual({ generation: 1, watermark: 2n });
    expect(await memory.recall(randomUUID())).toBeNull();
  });
});

describe('markRestored', () => {
  const at = new Date();
  const past = new Date(at.getTime() - HOUR_MS);
  const future = new Date(at.getTime() + HOUR_MS);
  const mark = () => markRestored(lab.db, at, holdBackRestored);
  const followUp = (talk: Talk, dueAt: Date) =>
    lab.db.followUp.create({ data: { ...ownerOf(talk), text: 'Still there?', dueAt } });
  const sendLater = (talk: Talk, dueAt: Date, outboundIds: string[]) =>
    lab.db.timer.create({ data: { id: randomUUID(), ...ownerOf(talk), kind: 'send_later', dueAt, outboundIds } });
  const ownerOf = ({ businessId, conversationId }: Talk) => ({ businessId, conversationId });

  it('doubts what may have been sent, and leaves what is due later and what has an outcome', async () => {
    const talk = await lab.talk();
    const planned = await lab.plan(talk, 'planned');
    const sending = await lab.plan(talk, 'sending', { state: 'sending' });
    const sent = await lab.plan(talk, 'sent', { state: 'sent' });
    const late = await lab.plan(talk, 'late', { author: 'human' });
    const later = await lab.plan(talk, 'later', { author: 'human' });
    const lateTimer = await sendLater(talk, past, [late]);
    const laterTimer = await sendLater(talk, future, [later]);
    await mark();
    for (const id of [planned, sending, late])
      expect(await lab.outbound(id)).toMatchObject({ state: 'unknown', reason: 'restored' });
    expect(await lab.outbound(sent)).toMatchObject({ state: 'sent', reason: '' });
    expect(await lab.outbound(later)).toMatchObject({ state: 'planned' });
    const stateOf = async (id: string) => (await lab.db.timer.findUniqueOrThrow({ where: { id } })).state;
    expect([await stateOf(lateTimer.id), await stateOf(laterTimer.id)]).toEqual(['done', 'pending']);
  });

  it('ends follow-ups that were due, and keeps those to come with what they planned', async () => {
    const [was, will] = [await lab.talk([], { followUpDueAt: past }), await lab.talk([], { followUpDueAt: future })];
    const [late, later] = [await followUp(was, past), await followUp(will, future)];
    const planned = await lab.plan(will, 'Still there?', { author: 'follow-up', followUpId: later.id });
    await mark();
    const read = (id: string) => lab.db.followUp.findUniqueOrThrow({ where: { id } });
    expect(await read(late.id)).toMatchObject({ state: 'failed', reason: 'restored' });
    expect(await read(later.id)).toMatchObject({ state: 'pending' });
    expect(await lab.outbound(planned)).toMatchObject({ state: 'planned' });
    const dueOf = async ({ conversationId: id }: Talk) =>
      (await lab.db.conversation.findUniqueOrThrow({ where: { id } })).followUpDueAt;
    expect([await dueOf(was), await dueOf(will)]).toEqual([null, future]);
  });

  it('gives a person each conversation whose customer nobody has answered, once', async () => {
    const [waits, decided, answered] = [await lab.talk(), await lab.talk(), await lab.talk()];
    await lab.db.decision.create({
      data: { ...ownerOf(decided), turnId: randomUUID(), state: 'decided', messageIds: decided.messageIds },
    });
    await lab.db.decision.create({
      data: { ...ownerOf(waits), turnId: randomUUID(), state: 'superseded', messageIds: waits.messageIds },
    });
    const said = { direction: 'out', author: 'human', text: 'Here I am', sentAt: new Date() };
    await lab.db.message.create({ data: { ...ownerOf(answered), ...said } });
    await mark();
    await mark();
    const ticketsOf = ({ conversationId }: Talk) =>
      lab.db.ticket.findMany({ where: { conversationId }, select: { reason: true, state: true } });
    expect(await ticketsOf(waits)).toEqual([{ reason: 'restored', state: 'open' }]);
    expect([await ticketsOf(decided), await ticketsOf(answered)]).toEqual([[], []]);
    const { needsHuman } = await lab.db.conversation.findUniqueOrThrow({ where: { id: waits.conversationId } });
    expect(needsHuman).toBe(true);
  });

  it('sends nothing until somebody confirms, and then what is planned', async () => {
    const talk = await lab.talk();
    await mark();
    const id = await lab.plan(talk, 'after the restore');
    const send = () => lab.run('sendOutbound', { identity: talk, outboundIds: [id], followUpId: null });
    await expect(send()).rejects.toMatchObject({ type: 'sending_paused', nonRetryable: false, nextRetryDelay: 15_000 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'planned', attempts: 0 });
    expect(lab.directam.received.filter(({ receiverId }) => receiverId === talk.customer)).toEqual([]);
    expect(await resumeSending(lab.db, 'test')).toBe(true);
    expect(await resumeSending(lab.db, 'test')).toBe(false);
    await send();
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent' });
  });
});
