import { describe, expect, it } from 'vitest';
import { createSimulatorConnector } from '../../../../src/channels/simulator/index.ts';
import { InvalidInputError } from '../../../../src/domain/errors.ts';

const NOW_MS = Date.parse('2026-11-21T10:00:00Z');
const simulator = createSimulatorConnector();

function parse(body: unknown, receivedAtMs = NOW_MS) {
  const request = { rawBody: Buffer.from(JSON.stringify(body)), headers: {}, receivedAtMs };
  simulator.verify(request);
  return simulator.parse(request, { isAccount: () => false }).events[0]!;
}

describe('createSimulatorConnector', () => {
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
    [],
  ])('refuses %j and says which field is wrong', (body) => {
    expect(() => parse(body)).toThrow(InvalidInputError);
  });

  it('answers a send with an id made of the intent', async () => {
    const request = {
      accountExternalId: 'simulator',
      contactExternalId: 'sara',
      content: { kind: 'text' as const, text: 'x' },
      intentId: 'i-1',
    };
    expect(await simulator.send(request)).toEqual({ externalId: 'sim-i-1', httpStatus: 200 });
    await expect(simulator.send({ ...request, signal: AbortSignal.abort() })).rejects.toThrow('cancelled');
  });
});
