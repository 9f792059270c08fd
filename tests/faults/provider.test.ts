import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildSaid } from '../support/customer-traffic.ts';
import type { DirectamBehaviour } from '../support/fake-directam.ts';
import { openOperator, say, sendsTo, showOnPage } from '../support/operator.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/**
 * A provider that fails in every way it can. The rule: what it certainly did not process is tried again, what it refused
 * is shown, and what may have arrived is never repeated by us.
 */
let world: ProcessWorld;
let operator: ReturnType<typeof openOperator>;

beforeAll(async () => {
  world = await startProcessWorld({ directam: { retryAfterSeconds: 2 } });
  operator = openOperator(world);
});
afterEach(() => {
  world.directam().behave('ok');
});
afterAll(async () => {
  await world?.close();
});

/** Resolves to the row of a reply that Directam took and then dropped the connection on. */
async function replyOfUnknownOutcome(customer: string) {
  world.directam().behave('accept-and-drop');
  await say(world, buildSaid(customer, 0));
  const row = await operator.untilShown(customer, 'unknown');
  world.directam().behave('ok');
  return row;
}

describe('a provider that takes a message and drops the connection', () => {
  it('is asked once; the panel shows the outcome as unknown', async () => {
    const row = await replyOfUnknownOutcome('dropped');
    expect(row).toMatchObject({ attempts: 1, reason: 'connection_lost', author: 'bot' });
    await sleep(3000);
    expect(sendsTo(world, 'dropped')).toHaveLength(1);
    expect((await operator.outboundOf('dropped')).map((other) => other.state)).toEqual(['unknown']);
    const open = await operator.list<{ id: string }>('outbound-messages', { state: 'unknown' });
    expect(open.map((other) => other.id)).toContain(row.id);
  });

  it('settles it by its echo, which is no person at work', async () => {
    const { text } = await replyOfUnknownOutcome('echoed');
    await showOnPage(world, 'echoed', text);
    expect(await operator.untilShown('echoed', 'sent')).toMatchObject({ settledBy: 'echo', attempts: 1 });
    expect(await operator.modeOf('echoed')).toBe('bot');
    await say(world, buildSaid('echoed', 1));
    await expect
      .poll(async () => (await operator.outboundOf('echoed')).map((row) => row.state))
      .toEqual(['sent', 'sent']);
  });

  it('can be settled once by a person who saw the message arrive', async () => {
    const { id } = await replyOfUnknownOutcome('seen');
    expect(await (await operator.act(`/api/outbound-messages/${id}/mark-sent`)).json()).toMatchObject({
      state: 'sent',
    });
    expect((await operator.act(`/api/outbound-messages/${id}/mark-sent`)).status).toBe(409);
    expect((await operator.act(`/api/outbound-messages/${id}/send-again`)).status).toBe(409);
    expect(sendsTo(world, 'seen')).toHaveLength(1);
  });

  it('is asked again only when a person decides so, and only once', async () => {
    const { id, text } = await replyOfUnknownOutcome('again');
    const answers = await Promise.all([1, 2, 3].map(() => operator.act(`/api/outbound-messages/${id}/send-again`)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
    expect(await operator.untilShown('again', 'sent')).toMatchObject({ author: 'human', resendOfId: id, attempts: 1 });
    expect(sendsTo(world, 'again').map((send) => send.text)).toEqual([text, text]);
    expect((await operator.outboundOf('again'))[0]).toMatchObject({ id, state: 'unknown', attempts: 1 });
  });
});

describe('a provider that puts a message off', () => {
  it.each<DirectamBehaviour>(['rate-limited', 'busy'])('as %s gets it again after the time it named', async (how) => {
    world.directam().behave([how, 'ok']);
    const customer = `later-${how}`;
    await say(world, buildSaid(customer, 0));
    expect(await operator.untilShown(customer, 'sent')).toMatchObject({ attempts: 2, reason: '' });
    const [first, second] = sendsTo(world, customer).map((send) => send.receivedAtMs);
    expect((second as number) - (first as number)).toBeGreaterThanOrEqual(1990);
    expect(sendsTo(world, customer)).toHaveLength(2);
  });

  it('by refusing connections gets it once it listens again, and nothing else waits for it', async () => {
    await world.closeDirectam();
    const customers = ['away-1', 'away-2', 'away-3'];
    await say(world, ...customers.map((customer) => buildSaid(customer, 0)));
    for (const customer of customers)
      await expect
        .poll(async () => (await operator.outboundOf(customer))[0])
        .toMatchObject({ state: 'planned', reason: 'provider_unavailable' });
    // A person who takes over in the meantime keeps the waiting answer from leaving.
    const taken = (await operator.outboundOf('away-3'))[0];
    expect((await operator.act(`/api/conversations/${taken?.conversationId}/takeover`)).status).toBe(200);
    await world.reopenDirectam();
    for (const customer of ['away-1', 'away-2']) {
      await operator.untilShown(customer, 'sent', 30_000);
      expect(sendsTo(world, customer)).toHaveLength(1);
    }
    expect(await operator.untilShown('away-3', 'blocked', 30_000)).toMatchObject({ reason: 'human_took_over' });
    expect(sendsTo(world, 'away-3')).toEqual([]);
  });
});

describe('a provider that fails after it may have taken the message', () => {
  it.each<[DirectamBehaviour, string]>([
    ['server-error', 'server_error'],
    ['unavailable', 'server_error'],
    ['not-json', 'unreadable_answer'],
    ['success-missing', 'unreadable_answer'],
    ['drop-before-read', 'connection_lost'],
  ])('with %s is not asked again', async (how, reason) => {
    const customer = `doubt-${how}`;
    const before = world.directam().requestCount();
    world.directam().behave([how, 'ok']);
    await say(world, buildSaid(customer, 0));
    expect(await operator.untilShown(customer, 'unknown')).toMatchObject({ reason, attempts: 1 });
    await sleep(1500);
    expect(world.directam().requestCount() - before).toBe(1);
  });

  it('by never answering is given up after its time, and does not hold up other customers', async () => {
    world.directam().behave(['hang', 'ok']);
    await say(world, buildSaid('hanging', 0));
    await world.directam().waitFor((send) => send.receiverId === 'hanging');
    await say(world, buildSaid('hanging-not', 0));
    await operator.untilShown('hanging-not', 'sent', 5000);
    expect(await operator.untilShown('hanging', 'unknown', 30_000)).toMatchObject({ reason: 'timeout', attempts: 1 });
    expect(sendsTo(world, 'hanging')).toHaveLength(1);
  });
});

describe('a provider that refuses a message', () => {
  it.each<[DirectamBehaviour, string]>([
    ['success-false', 'refused'],
    ['bad-request', 'refused'],
    ['unauthorized', 'bad_api_key'],
    ['not-found', 'wrong_base_url'],
    ['method-not-allowed', 'wrong_base_url'],
    ['redirect', 'wrong_base_url'],
    ['invalid-endpoint', 'not_whitelisted'],
  ])('with %s is not asked again, and the reason is shown', async (how, reason) => {
    const customer = `refused-${how}`;
    world.directam().behave(how);
    await say(world, buildSaid(customer, 0));
    expect(await operator.untilShown(customer, 'rejected')).toMatchObject({ reason, attempts: 1 });
    world.directam().behave('ok');
    await say(world, buildSaid(customer, 1));
    await operator.untilShown(customer, 'sent');
    expect(sendsTo(world, customer)).toHaveLength(2);
  });
});
