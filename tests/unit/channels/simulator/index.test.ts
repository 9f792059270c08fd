import { describe, expect, it } from 'vitest';
import { createSimulatorChannel } from '../../../../src/channels/simulator/index.ts';
import { InvalidInputError } from '../../../../src/platform/errors.ts';

const NOW_MS = Date.parse('2026-11-21T10:00:00Z');
const simulator = createSimulatorChannel();

function parse(body: unknown, receivedAtMs = NOW_MS) {
  const request = { rawBody: Buffer.from(JSON.stringify(body)), headers: {}, receivedAtMs };
  simulator.verify(request, []);
  return simulator.parse(request, { isAccount: () => false }).events[0]!;
}

describe('createSimulatorChannel', () => {
  it('reads a message of a simulated customer, written now', () => {
    expect(parse({ conversation: 'sara', text: 'سلام' })).toMatchObject({
      kind: 'message',
      accountExternalId: 'simulator',
      contactExternalId: 'sara',
      messageKind: 'text',
      text: 'سلام',
      occurredAtMs: NOW_MS,
      timeFlagged: false,
    });
  });

  it('takes account, time and id when they are given', () => {
    expect(
      parse({ account: 'shop', conversation: 7, text: 'x', timestamp: NOW_MS / 1000 - 60, message_id: 'm1' }),
    ).toMatchObject({
      accountExternalId: 'shop',
      contactExternalId: '7',
      occurredAtMs: NOW_MS - 60_000,
      externalMessageId: 'm1',
    });
  });

  it('takes the same words a moment later as a new message, but not the same id', () => {
    const first = { conversation: 'sara', text: 'x' };
    expect(parse(first).dedupeKey).not.toBe(parse(first, NOW_MS + 1).dedupeKey);
    const named = { ...first, message_id: 'm1' };
    expect(parse(named).dedupeKey).toBe(parse(named, NOW_MS + 1).dedupeKey);
  });

  it.each([
    {},
    { conversation: 'sara' },
    { text: 'x' },
    { conversation: ' ', text: 'x' },
    { conversation: 'a', text: 'x', sender: 1 },
    { conversation: 'a', text: 'x', edit: { message_id: 'm1', text: 'y' } },
    { conversation: 'a', reaction: { message_id: 'm1' } },
    { conversation: 'a', reaction: { message_id: 'm1', emoji: '' } },
    { conversation: 'a', edit: { text: 'y' } },
    [],
  ])('refuses %j and says which field is wrong', (body) => {
    expect(() => parse(body)).toThrow(InvalidInputError);
  });

  it('reads reactions, edits and what was taken back, and names each by what it was done to, and when', () => {
    const at = { conversation: 'sara', timestamp: NOW_MS };
    const reaction = { message_id: 'm1', emoji: '❤️' };
    const loved = parse({ ...at, reaction });
    const change = { kind: 'reaction', externalId: 'm1', emoji: '❤️' };
    expect(loved).toMatchObject({
      kind: 'reaction',
      contactExternalId: 'sara',
      text: null,
      externalMessageId: null,
      change,
    });
    expect(parse({ ...at, reaction: { ...reaction, emoji: null } }).change).toEqual({ ...change, emoji: null });
    const edit = { message_id: 'm1', text: 'درود' };
    expect(parse({ ...at, edit }).change).toEqual({ kind: 'edit', externalId: 'm1', text: 'درود' });
    expect(parse({ ...at, edit: { ...edit, text: null } }).change).toEqual({ kind: 'unsend', externalId: 'm1' });
    const keys = [
      { ...at, reaction },
      { ...at, reaction: { ...reaction, emoji: null } },
      { ...at, reaction, timestamp: NOW_MS + 1000 },
      { ...at, reaction, conversation: 'mina' },
      { ...at, edit },
      { ...at, text: 'x', message_id: 'm1' },
    ].map((body) => parse(body).dedupeKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(parse({ ...at, reaction }, NOW_MS + 1).dedupeKey).toBe(loved.dedupeKey);
  });

  it('gives every message an id by which it can be named', () => {
    const [one, other] = [parse({ conversation: 'sara', text: 'x' }), parse({ conversation: 'mina', text: 'x' })];
    expect(one.externalMessageId).toMatch(/^sim-/);
    expect(one.externalMessageId).not.toBe(other.externalMessageId);
  });

  it('answers a send with an id made of the intent', async () => {
    const request = {
      accountExternalId: 'simulator',
      contactExternalId: 'sara',
      content: { kind: 'text' as const, text: 'x' },
      intentId: 'i-1',
      credentials: null,
    };
    expect(await simulator.send(request)).toEqual({ externalId: 'sim-i-1', httpStatus: 200 });
    await expect(simulator.send({ ...request, signal: AbortSignal.abort() })).rejects.toThrow('cancelled');
  });
});
