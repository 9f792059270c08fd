import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createRecordHooks } from '../../src/composition.ts';
import { recordChanges } from '../../src/conversations/record-store.ts';
import { claimDue, markDispatched } from '../../src/inbox/store.ts';
import { type InboxLab, openInboxLab, said } from '../support/inbox-lab.ts';

let lab: InboxLab;
/** Stands for another process that stores an event and takes its time with the commit. */
let other: pg.Client;

beforeAll(async () => {
  lab = await openInboxLab();
  const [row] = await lab.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  const url = new URL(inject('services').postgresUrl);
  url.pathname = `/${row?.name}`;
  other = new pg.Client({ connectionString: url.href });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await lab.close();
});

async function claim(conversationId: string | undefined) {
  const { conversations } = await claimDue(lab.db, 100, 20_000);
  return conversations.find((conversation) => conversation.conversationId === conversationId);
}

async function beginStoring(conversationId: string): Promise<void> {
  await other.query('BEGIN');
  await other.query('UPDATE dispatches SET last_seq = last_seq + 1 WHERE conversation_id = $1', [conversationId]);
  await other.query(
    `INSERT INTO inbound_events (business_id, account_id, conversation_id, delivery_id, dedupe_key, kind, seq, message_id, occurred_at)
     SELECT business_id, account_id, conversation_id, delivery_id, dedupe_key || '-second', kind, seq + 1, uuidv7(), now()
     FROM inbound_events WHERE conversation_id = $1`,
    [conversationId],
  );
}

describe('recordChanges: settledSeq', () => {
  it('owes a later run nothing of what a closed one saw, and all that came after', async () => {
    const { conversationIds } = await lab.take(said('closed', 'one'));
    const conversationId = conversationIds[0] as string;
    const killed = await claim(conversationId);
    expect(killed?.events).toHaveLength(1);
    const seen = killed?.events[0]?.seq ?? 0;
    const owner = { businessId: lab.businessId, conversationId };
    await recordChanges(lab.db, owner, { status: 'closed', settledSeq: seen }, createRecordHooks([]));
    await endLease(conversationId);
    expect((await claim(conversationId))?.events).toEqual([]);
    await lab.take(said('closed', 'two'));
    await endLease(conversationId);
    const later = await claim(conversationId);
    expect(later?.events).toHaveLength(1);
    expect(later?.events[0]?.seq).toBeGreaterThan(seen);
  });
});

describe('markDispatched', () => {
  it('leaves a conversation due whose next event is committed while it waits for the row', async () => {
    const { conversationIds } = await lab.take(said('racing', 'one'));
    const first = await claim(conversationIds[0]);
    if (!first) throw new Error('The first event is not due.');
    await beginStoring(first.conversationId);
    const marking = markDispatched(lab.db, [
      { conversationId: first.conversationId, upToSeq: first.claimedSeq, claimedSeq: first.claimedSeq },
    ]);
    await waitUntilBlocked();
    await other.query('COMMIT');
    await marking;
    expect((await claim(first.conversationId))?.events).toMatchObject([{ seq: first.claimedSeq + 1 }]);
  });

  it('leaves nothing due when nothing more has arrived', async () => {
    const { conversationIds } = await lab.take(said('alone', 'one'));
    const first = await claim(conversationIds[0]);
    if (!first) throw new Error('The first event is not due.');
    await markDispatched(lab.db, [
      { conversationId: first.conversationId, upToSeq: first.claimedSeq, claimedSeq: first.claimedSeq },
    ]);
    expect(await claim(first.conversationId)).toBeUndefined();
  });
});

/** As if the relay that holds it had been killed long ago. */
async function endLease(conversationId: string): Promise<void> {
  await lab.db.dispatch.update({ where: { conversationId }, data: { leasedUntil: null, dueAt: new Date() } });
}

async function waitUntilBlocked(): Promise<void> {
  for (;;) {
    const { rows } = await other.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
  }
}
