import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTicket } from '../../src/tickets/store.ts';
import { type ActivityLab, openActivityLab } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';

let lab: ActivityLab;
let people: string[];
beforeAll(async () => {
  lab = await openActivityLab();
  const { id: businessId } = await lab.db.business.findFirstOrThrow();
  const person = async (role: string, active = true) => {
    const data = { businessId, username: randomUUID(), passwordHash: 'none', role, active };
    return (await lab.db.user.create({ data })).id;
  };
  people = [await person('operator'), await person('operator'), await person('supervisor')];
  await person('viewer');
  await person('operator', false);
});
afterAll(() => lab.close());

const assignTickets = (on: boolean) => lab.db.business.updateMany({ data: { assignTickets: on } });
async function open(changes: object = {}): Promise<string | null> {
  const talk = await lab.talk([], changes);
  await openTicket(lab.db, talk, { reason: 'handoff', note: '' });
  const ticket = await lab.db.ticket.findFirstOrThrow({ where: { conversationId: talk.conversationId } });
  return ticket.assigneeId;
}

describe('openTicket', () => {
  it('belongs to nobody unless the shop wants it', async () => {
    await assignTickets(false);
    expect(await open()).toBeNull();
  });

  it('goes to the active people of the shop in turn, and to nobody else', async () => {
    await assignTickets(true);
    const round = [await open(), await open(), await open()];
    expect([...round].sort()).toEqual([...people].sort());
    expect([await open(), await open(), await open()]).toEqual(round);
  });

  it('goes to whoever looks after the conversation already', async () => {
    await assignTickets(true);
    const [first] = people;
    expect(await open({ assigneeId: first })).toBe(first);
    expect(await open({ assigneeId: first })).toBe(first);
  });
});

describe('decideReply', () => {
  it.each([
    ['خجالت بکشید! ساعت کاری‌تون چیه؟', [{ reason: 'angry' }]],
    ['سلام، ساعت کاری‌تون چیه؟', [{ reason: 'unanswered' }]],
    ['سلام، وقتتون بخیر', []],
  ])('answers «%s» and opens the tickets %j', async (text, tickets) => {
    const talk = await lab.talk([text]);
    const { conversationId, businessId, messageIds } = talk;
    const { outboundIds } = await lab.run('decideReply', {
      identity: { conversationId, businessId },
      turnId: '1.1',
      messageIds,
      optOut: false,
      supersedesTurnIds: [],
      cancelFollowUpId: null,
      runNumber: 0,
      windowExpiresAtMs: Date.now() + HOUR_MS,
    });
    expect(outboundIds.length).toBeGreaterThan(0);
    const found = await lab.db.ticket.findMany({ where: { conversationId }, select: { reason: true } });
    expect(found).toEqual(tickets);
  });
});
