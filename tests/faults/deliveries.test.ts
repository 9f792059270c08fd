import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildSaid, buildTraffic, deliver, type Said, startTraffic } from '../support/customer-traffic.ts';
import { audit, untilSettled } from '../support/message-audit.ts';
import { openOperator, say, sendsTo } from '../support/operator.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/** Webhooks as real providers deliver them: doubled, late, out of order, to several of us at once, and some that cannot be digested. */
let world: ProcessWorld;
let operator: ReturnType<typeof openOperator>;

beforeAll(async () => {
  world = await startProcessWorld({ directam: { slowMs: 200 } });
  operator = openOperator(world);
});
afterEach(() => {
  world.directam().behave('ok');
});
afterAll(async () => {
  await world?.close();
});

/** Numbers that look random and are the same in each run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle<Item>(items: Item[], random: () => number): Item[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as Item, items[last] as Item];
  }
  return items;
}

describe('a thousand messages of 250 customers', () => {
  it('shuffled, a tenth of them doubled and some of those late, are each answered by one decision', async () => {
    const random = createRandom(20_261_121);
    const all: Said[] = [];
    const order: Said[] = [];
    const late: Said[] = [];
    for (let wave = 0; wave < 5; wave += 1) {
      const mine = Array.from({ length: 200 }, (_, n) => buildSaid(`disorder-${wave}-${n % 50}`, Math.floor(n / 50)));
      const doubles = mine.filter(() => random() < 0.1);
      late.push(...doubles.filter((_, n) => n % 2 === 0));
      order.push(...shuffle([...mine, ...doubles], random));
      all.push(...mine);
    }
    await startTraffic([world.apiUrl], order, 100).done;
    for (const message of late) await deliver(world.apiUrl, message);
    expect(all.flatMap((message) => message.statuses)).toHaveLength(order.length + late.length);
    expect([...new Set(all.flatMap((message) => message.statuses))]).toEqual([200]);
    await untilSettled(world, all, 90_000);
    const { violations, states } = await audit(world, all);
    expect(violations).toEqual([]);
    expect(states).toEqual({ sent: expect.any(Number) });
  });
});

describe('two APIs and two workers', () => {
  it('are restarted one after the other without a lost, doubled or doubtful message', async () => {
    world.directam().behave('slow');
    const otherApi = await world.addApi();
    const otherWorker = world.addWorker();
    await Promise.all([otherApi.start(), otherWorker.start()]);
    const said = buildTraffic('rolling', 450);
    const urls = [world.apiUrl, otherApi.url];
    const traffic = startTraffic(urls, said, 30);
    // A provider that is in a hurry asks both at the same moment.
    const hasty = startTraffic(
      urls.toReversed(),
      said.filter((_, index) => index % 10 === 0),
      3,
    );
    for (const part of [world.worker, world.api, otherWorker, otherApi]) {
      expect(await part.stop()).toEqual({ code: 0, signal: null });
      await part.start();
    }
    await Promise.all([traffic.done, hasty.done]);
    await untilSettled(world, said, 90_000);
    const { violations, states } = await audit(world, said);
    expect(violations).toEqual([]);
    expect(states).toEqual({ sent: expect.any(Number) });
    await Promise.all([otherApi.stop(), otherWorker.stop()]);
  });
});

describe('messages that no decision can be stored for', () => {
  it('hold up nobody else, and are answered once when the fault is mended, also when a person replays one', async () => {
    // More of them than a worker has slots for workflow tasks.
    const poison = Array.from({ length: 80 }, (_, n) => buildSaid(`poisoned-${n}`, 0));
    await world.query(`CREATE FUNCTION refuse_decision() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT 1 FROM messages WHERE external_id LIKE 'poisoned-%' AND id = ANY(NEW.message_ids))
      THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$`);
    await world.query(
      'CREATE TRIGGER refuse BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_decision()',
    );
    await say(world, ...poison);
    const others = buildTraffic('healthy', 60);
    await startTraffic([world.apiUrl], others, 30).done;
    await untilSettled(world, others, 90_000);
    expect((await audit(world, others)).violations).toEqual([]);
    expect(poison.flatMap(({ customer }) => sendsTo(world, customer))).toEqual([]);

    await world.query('DROP TRIGGER refuse ON decisions');
    await replay('poisoned-7');
    await untilSettled(world, poison, 90_000);
    expect((await audit(world, poison)).violations).toEqual([]);
  });

  it('are laid aside with a ticket when no repetition can help', async () => {
    const first = buildSaid('dead-letter', 0);
    await say(world, first);
    await untilSettled(world, [first], 30_000);
    const setChannel = (channel: string) =>
      world.query(
        "UPDATE conversations c SET channel = $1 FROM contacts k WHERE k.id = c.contact_id AND k.external_id = 'dead-letter'",
        [channel],
      );
    // A release that lacks a channel cannot answer on it.
    await setChannel('gone');
    const dead = buildSaid('dead-letter', 1);
    await say(world, dead);
    const ticketsOf = async () => {
      const [conversation] = await operator.list<{ id: string }>('conversations', { contactExternalId: dead.customer });
      const tickets = await operator.list<{ reason: string }>('tickets', { conversationId: conversation?.id });
      return tickets.map((ticket) => ticket.reason);
    };
    await expect.poll(ticketsOf).toContain('model_failed');
  });

  async function replay(customer: string): Promise<void> {
    const events = await operator.list<{ id: string }>('inbound-events', { contactExternalId: customer });
    const event = events.sort((one, other) => one.id.localeCompare(other.id)).at(-1);
    expect((await operator.act(`/api/inbound-events/${event?.id}/replay`)).status).toBe(200);
  }
});
