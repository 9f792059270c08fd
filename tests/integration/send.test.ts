import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountLanes } from '../../src/outbox/account-lanes.ts';
import { noteAccountTrouble, noteAccountWorks } from '../../src/outbox/account-trouble-store.ts';
import { claimOutbound, markOutboundSent, matchEcho, settleOutbound } from '../../src/outbox/store.ts';
import { createPublicMediaUrl, createUploadAddresses } from '../../src/platform/uploads/addresses.ts';
import { fingerprintOf } from '../../src/text/fingerprint.ts';
import { uploadReference } from '../../src/text/upload-reference.ts';
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

const send = (talk: Talk, outboundIds: string[], options?: Parameters<ActivityLab['run']>[2]) =>
  lab.run('sendOutbound', { identity: talk, outboundIds, followUpId: null }, options);
const sendsTo = (talk: Talk) => lab.directam.received.filter((received) => received.receiverId === talk.customer);
const echoOf = (text: string) => ({
  eventId: randomUUID(),
  fingerprint: fingerprintOf(text),
  media: null,
  externalId: null,
});
const retryable = { nonRetryable: false };

describe('sendOutbound beside a sorter', () => {
  it.each(['a message of the customer, then our echo', 'our echo, then a message of the customer'])(
    'waits for the conversation and holds no message meanwhile: %s',
    async (order) => {
      const talk = await lab.talk(['Hello']);
      const id = await lab.plan(talk, `beside ${order}`);
      await claimOutbound(lab.db, id);
      await lab.db.outboundMessage.update({ where: { id }, data: { state: 'unknown' } });
      const touch = (tx: Pick<typeof lab.db, '$executeRaw'>) =>
        tx.$executeRaw`UPDATE conversations SET updated_at = now() WHERE id = ${talk.conversationId}::uuid`;
      let sent: Promise<boolean> | null = null;
      await lab.db.$transaction(async (tx) => {
        const echo = () => matchEcho(tx, talk.conversationId, echoOf(`beside ${order}`));
        await (order.startsWith('our echo') ? echo() : touch(tx));
        const [{ pid }] = await tx.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
        sent = markOutboundSent(lab.db, id, { externalId: null, httpStatus: 200, settledBy: '' });
        sent.catch(() => {});
        const blocked = () => lab.db.$queryRaw<unknown[]>`
          SELECT pid FROM pg_stat_activity WHERE ${pid}::int = ANY(pg_blocking_pids(pid))`;
        await expect.poll(async () => (await blocked()).length).toBe(1);
        await (order.startsWith('our echo') ? touch(tx) : echo());
      });
      await sent;
      expect(await lab.outbound(id)).toMatchObject({ state: 'sent' });
    },
  );
});

describe('sendOutbound: the gate', () => {
  const past = () => new Date(Date.now() - 1000);
  it.each<[string, object, object]>([
    ['window_closed', { windowExpiresAt: past() }, {}],
    ['window_closed', { windowExpiresAt: null }, { author: 'human' }],
    ['human_took_over', { mode: 'human' }, {}],
    ['bot_paused', { mode: 'paused' }, {}],
    ['human_took_over', { lastPageMessageAt: new Date(Date.now() + 60_000) }, {}],
    ['customer_wrote', { lastUserMessageAt: new Date(Date.now() + 60_000) }, { author: 'follow-up' }],
  ])('blocks with %s and asks the provider nothing', async (reason, conversation, row) => {
    const talk = await lab.talk(['Hello'], conversation);
    const id = await lab.plan(talk, 'answer', row);
    await send(talk, [id]);
    expect(await lab.outbound(id)).toMatchObject({ state: 'blocked', reason, attempts: 0 });
    expect(sendsTo(talk)).toEqual([]);
  });

  it('holds what is for an account that must be connected again, whoever writes, until it is or the window closes', async () => {
    const talk = await lab.talk();
    const become = (status: string) => lab.db.account.update({ where: { id: talk.accountId }, data: { status } });
    await become('needs_reconnect');
    const [id, late] = [await lab.plan(talk, 'answer', { author: 'human' }), await lab.plan(talk, 'later')];
    for (const one of [id, late])
      await expect(send(talk, [one])).rejects.toMatchObject({ type: 'sending_paused', ...retryable });
    expect(await lab.outbound(id)).toMatchObject({ state: 'planned', reason: 'account_needs_reconnect', attempts: 0 });
    expect(sendsTo(talk)).toEqual([]);
    await become('active');
    await send(talk, [id], { attempt: 2 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent', reason: '' });
    await become('needs_reconnect');
    await lab.db.conversation.update({ where: { id: talk.conversationId }, data: { windowExpiresAt: past() } });
    await send(talk, [late], { attempt: 2 });
    expect(await lab.outbound(late)).toMatchObject({ state: 'blocked', reason: 'window_closed' });
  });

  it('blocks what is for an account that was removed', async () => {
    const talk = await lab.talk();
    await lab.db.account.update({ where: { id: talk.accountId }, data: { status: 'removed' } });
    const id = await lab.plan(talk, 'answer');
    await send(talk, [id]);
    expect(await lab.outbound(id)).toMatchObject({ state: 'blocked', reason: 'account_needs_reconnect' });
  });

  it('spares those who opted out, but for the line that says so', async () => {
    const talk = await lab.talk();
    await lab.db.contact.update({ where: { id: talk.contactId }, data: { optedOutAt: new Date() } });
    const [answer, notice] = [
      await lab.plan(talk, 'answer'),
      await lab.plan(talk, 'bye', { purpose: 'opt_out_notice' }),
    ];
    await send(talk, [answer]);
    await send(talk, [notice]);
    expect(await lab.outbound(answer)).toMatchObject({ state: 'blocked', reason: 'opted_out' });
    expect(await lab.outbound(notice)).toMatchObject({ state: 'sent' });
  });

  it('keeps follow-ups out of quiet hours', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'later', { author: 'follow-up' });
    const answer = await lab.plan(talk, 'at once');
    const local = DateTime.now().setZone('Asia/Tehran');
    const quietHours = {
      start: local.minus({ hours: 1 }).toFormat('HH:mm'),
      end: local.plus({ hours: 1 }).toFormat('HH:mm'),
    };
    await send(talk, [id], { deps: { quietHours } });
    await send(talk, [answer], { deps: { quietHours } });
    expect(await lab.outbound(id)).toMatchObject({ state: 'blocked', reason: 'quiet_hours' });
    expect(await lab.outbound(answer)).toMatchObject({ state: 'sent' });
  });

  it('lets a human through where the bot is held back', async () => {
    const talk = await lab.talk(['Hello'], { mode: 'human' });
    const id = await lab.plan(talk, 'my own words', { author: 'human' });
    await send(talk, [id]);
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent' });
    expect(await lab.db.message.findFirstOrThrow({ where: { outboundId: id } })).toMatchObject({ author: 'human' });
  });

  it('looks again before each part', async () => {
    const talk = await lab.talk();
    const ids = [await lab.plan(talk, 'part 1'), await lab.plan(talk, 'part 2', { position: 1 })];
    lab.directam.behave('slow');
    await send(talk, ids, { deps: { channels: new Map() } });
    expect(await lab.outbound(ids[0] as string)).toMatchObject({ state: 'rejected', reason: 'channel_is_off' });
    expect(await lab.outbound(ids[1] as string)).toMatchObject({ state: 'blocked', reason: 'earlier_part_not_sent' });

    const other = await lab.talk();
    const parts = [await lab.plan(other, 'part 1'), await lab.plan(other, 'part 2', { position: 1 })];
    lab.directam.behave('ok');
    await lab.db.$executeRaw`
      CREATE OR REPLACE FUNCTION take_over() RETURNS trigger AS 'BEGIN
        UPDATE conversations SET mode = ''human'' WHERE id = NEW.conversation_id; RETURN NEW; END' LANGUAGE plpgsql`;
    await lab.db.$executeRawUnsafe(
      `CREATE TRIGGER take_over AFTER UPDATE ON outbound_messages FOR EACH ROW WHEN (NEW.state = 'sent' AND NEW.id = '${parts[0]}') EXECUTE FUNCTION take_over()`,
    );
    await send(other, parts);
    expect(sendsTo(other).map((sent) => sent.text)).toEqual(['part 1']);
    expect(await lab.outbound(parts[1] as string)).toMatchObject({ state: 'blocked', reason: 'human_took_over' });
    await lab.db.$executeRawUnsafe('DROP TRIGGER take_over ON outbound_messages');
  });
});

describe('sendOutbound: never twice', () => {
  it('asks the provider once, however many run it at once', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'once');
    lab.directam.behave('slow');
    await Promise.all(Array.from({ length: 20 }, () => send(talk, [id])));
    expect(sendsTo(talk)).toHaveLength(1);
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('does nothing for what is sent already', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'once');
    await send(talk, [id]);
    await send(talk, [id], { attempt: 2 });
    expect(sendsTo(talk)).toHaveLength(1);
    expect(await lab.outbound(id)).toMatchObject({
      state: 'sent',
      settledBy: 'provider',
      externalId: expect.any(String),
    });
    expect(await lab.db.message.count({ where: { outboundId: id } })).toBe(1);
  });

  it('calls a send that a crash interrupted unknown, and never repeats it', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'interrupted');
    expect(await claimOutbound(lab.db, id)).toBe(true);
    await send(talk, [id], { attempt: 2 });
    await send(talk, [id], { attempt: 3 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'unknown', reason: 'interrupted' });
    expect(sendsTo(talk)).toEqual([]);
  });

  it('waits for a send that is under way in this process, and calls it what that came to', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'late');
    lab.directam.behave('slow');
    const first = send(talk, [id]);
    await expect.poll(async () => (await lab.outbound(id)).state).toBe('sending');
    await send(talk, [id], { attempt: 2 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent', settledBy: 'provider' });
    await first;
    expect(sendsTo(talk)).toHaveLength(1);
  });

  it('calls it sent when the channel has repeated it meanwhile', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'echoed');
    await claimOutbound(lab.db, id);
    await matchEcho(lab.db, talk.conversationId, echoOf('echoed'));
    await send(talk, [id], { attempt: 2 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent', settledBy: 'echo' });
  });

  it.each(['unknown', 'rejected'] as const)(
    'calls it sent when its echo is being stored while it is settled as %s',
    async (outcome) => {
      const talk = await lab.talk();
      const id = await lab.plan(talk, `crossed ${outcome}`);
      let sending: Promise<unknown> | null = null;
      await lab.db.$transaction(async (tx) => {
        await claimOutbound(tx, id);
        await matchEcho(tx, talk.conversationId, echoOf(`crossed ${outcome}`));
        // It waits for this transaction's row, having seen no echo before.
        sending = settleOutbound(lab.db, id, outcome, 'x', ['sending']);
        void sending.catch(() => undefined);
        await sleep(100);
      });
      expect(await sending).toBe(false);
      await send(talk, [id], { attempt: 2 });
      expect(await lab.outbound(id)).toMatchObject({ state: 'sent', settledBy: 'echo' });
      expect(await lab.db.message.count({ where: { outboundId: id } })).toBe(1);
    },
  );

  it('leaves a customer waiting who wrote after the message whose proof comes late', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'proven late', { author: 'human' });
    await claimOutbound(lab.db, id);
    await settleOutbound(lab.db, id, 'unknown', 'timeout', ['sending']);
    const where = { id: talk.conversationId };
    const asked = new Date(Date.now() + 1000);
    const waiting = { lastUserMessageAt: asked, waitingSince: asked, unreadCount: 2, lastMessageText: 'And now?' };
    await lab.db.conversation.update({ where, data: waiting });
    await markOutboundSent(lab.db, id, { externalId: null, httpStatus: null, settledBy: 'echo' });
    expect(await lab.db.conversation.findUnique({ where })).toMatchObject(waiting);
    const answer = await lab.plan(talk, 'answered', { author: 'human' });
    await lab.db.conversation.update({ where, data: { lastUserMessageAt: new Date(Date.now() - 1000) } });
    await send(talk, [answer]);
    const answered = { waitingSince: null, unreadCount: 0, lastMessageText: 'answered' };
    expect(await lab.db.conversation.findUnique({ where })).toMatchObject(answered);
  });

  it.each([
    ['accept-and-drop', 'connection_lost'],
    ['server-error', 'server_error'],
    ['hang', 'timeout'],
    ['not-json', 'unreadable_answer'],
  ] as const)('never repeats what %s may have taken', async (behaviour, reason) => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, `after ${behaviour}`);
    lab.directam.behave([behaviour, 'ok']);
    await send(talk, [id]);
    await send(talk, [id], { attempt: 2 });
    expect(sendsTo(talk)).toHaveLength(1);
    expect(await lab.outbound(id)).toMatchObject({ state: 'unknown', reason, attempts: 1 });
    await matchEcho(lab.db, talk.conversationId, echoOf(`after ${behaviour}`));
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent', settledBy: 'echo' });
  });

  it('repeats what the provider put off, after the time it named', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'later');
    lab.directam.behave(['rate-limited', 'ok']);
    await expect(send(talk, [id])).rejects.toMatchObject({
      type: 'channel_unavailable',
      ...retryable,
      nextRetryDelay: 3000,
    });
    expect(await lab.outbound(id)).toMatchObject({ state: 'planned', reason: 'provider_unavailable' });
    await send(talk, [id], { attempt: 2 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent', attempts: 2, reason: '' });
  });

  it('gives a refusal its reason and does not ask again', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'refused');
    lab.directam.behave('success-false');
    await send(talk, [id]);
    await send(talk, [id], { attempt: 2 });
    expect(await lab.outbound(id)).toMatchObject({ state: 'rejected', reason: 'refused' });
    expect(sendsTo(talk)).toHaveLength(1);
  });

  it('keeps the proof of a send through a database that is away for a moment', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, 'proof');
    lab.directam.behave('slow');
    const sending = send(talk, [id]);
    await lab.directam.waitFor((received) => received.receiverId === talk.customer);
    await lab.db.$executeRawUnsafe('ALTER TABLE messages RENAME TO messages_away');
    await sleep(1500);
    await lab.db.$executeRawUnsafe('ALTER TABLE messages_away RENAME TO messages');
    await sending;
    expect(sendsTo(talk)).toHaveLength(1);
    expect(await lab.outbound(id)).toMatchObject({ state: 'sent' });
  });
});

describe('sendOutbound: kinds of contents', () => {
  const button = { type: 'postback', title: 'Ask', payload: 'p' };
  it.each([
    [
      '/send/photo',
      { kind: 'image', url: 'https://a.example/a.jpg' },
      { image_url: 'https://a.example/a.jpg' },
      'image',
    ],
    [
      '/send/video',
      { kind: 'video', url: 'https://a.example/a.mp4' },
      { video_url: 'https://a.example/a.mp4' },
      'video',
    ],
    [
      '/send/audio',
      { kind: 'audio', url: 'https://a.example/a.mp3' },
      { audio_url: 'https://a.example/a.mp3' },
      'audio',
    ],
    [
      '/send/button-text',
      { kind: 'buttons', text: 'Bag', buttons: [button] },
      { text: 'Bag', buttons: [button] },
      'text',
    ],
    [
      '/send/quick-reply',
      { kind: 'quick_replies', text: 'Right?', quickReplies: [{ title: 'Yes', payload: 'say:yes' }] },
      { text: 'Right?', quick_replies: [{ title: 'Yes', payload: 'say:yes' }] },
      'text',
    ],
    [
      '/send/generic-template',
      { kind: 'cards', cards: [{ title: 'Bag', subtitle: '450' }] },
      { elements: [{ title: 'Bag', subtitle: '450', buttons: [] }] },
      'text',
    ],
  ])('asks %s for what belongs there, and shows it in the transcript', async (path, content, body, kind) => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, '', { content });
    await send(talk, [id]);
    expect(sendsTo(talk)).toMatchObject([{ path, body }]);
    expect(await lab.db.message.findMany({ where: { outboundId: id } })).toMatchObject([{ kind, content }]);
  });

  const reference = uploadReference(randomUUID(), 'jpg');
  const addresses = createUploadAddresses('secret', Date.now);
  const localBaseUrl = 'http://127.0.0.1:3000';
  const publicMediaUrl = createPublicMediaUrl(addresses, { publicBaseUrl: 'https://peyk.example/', localBaseUrl });

  it('names an uploaded file by a signed address of ours', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, '', { content: { kind: 'image', url: reference } });
    await send(talk, [id], { deps: { publicMediaUrl } });
    const url = expect.stringMatching(/^https:\/\/peyk\.example\/media\/uploads\/\d+\/[\w-]{32}\/[0-9a-f-]{36}\.jpg$/);
    expect(sendsTo(talk)).toMatchObject([{ path: '/send/photo', body: { image_url: url, url_image: url } }]);
  });

  it('names it by an address of this machine to a provider of this machine, where we have no public one', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, '', { content: { kind: 'image', url: reference } });
    await send(talk, [id], {
      deps: { publicMediaUrl: createPublicMediaUrl(addresses, { publicBaseUrl: null, localBaseUrl }) },
    });
    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/media\/uploads\//);
    expect(sendsTo(talk)).toMatchObject([{ path: '/send/photo', body: { image_url: url } }]);
  });

  it('refuses an uploaded file, and asks nobody, where no provider could fetch it', async () => {
    const talk = await lab.talk();
    const id = await lab.plan(talk, '', { content: { kind: 'image', url: reference } });
    await send(talk, [id]);
    expect(await lab.outbound(id)).toMatchObject({ state: 'rejected', reason: 'no_public_address' });
    expect(sendsTo(talk)).toEqual([]);
  });
});

describe('sendOutbound: several parts', () => {
  it('sends them in order', async () => {
    const talk = await lab.talk();
    const ids: string[] = [];
    for (const position of [0, 1, 2]) ids.push(await lab.plan(talk, `part ${position}`, { position }));
    await send(talk, ids);
    expect(sendsTo(talk).map((sent) => sent.text)).toEqual(['part 0', 'part 1', 'part 2']);
  });

  it('holds the rest back when one did not arrive', async () => {
    const talk = await lab.talk();
    const ids: string[] = [];
    for (const position of [0, 1, 2]) ids.push(await lab.plan(talk, `part ${position}`, { position }));
    lab.directam.behave(['ok', 'accept-and-drop', 'ok']);
    await send(talk, ids);
    const rows = await Promise.all(ids.map((id) => lab.outbound(id)));
    expect(rows.map((row) => row.state)).toEqual(['sent', 'unknown', 'blocked']);
    expect(rows[2]?.reason).toBe('earlier_part_not_sent');
  });

  it('goes on after the part that was put off, without repeating the first', async () => {
    const talk = await lab.talk();
    const ids: string[] = [];
    for (const position of [0, 1]) ids.push(await lab.plan(talk, `part ${position}`, { position }));
    lab.directam.behave(['ok', 'rate-limited', 'ok']);
    await expect(send(talk, ids)).rejects.toMatchObject(retryable);
    await send(talk, ids, { attempt: 2 });
    expect(sendsTo(talk).map((sent) => sent.text)).toEqual(['part 0', 'part 1', 'part 1']);
    expect((await Promise.all(ids.map((id) => lab.outbound(id)))).map((row) => row.state)).toEqual(['sent', 'sent']);
  });
});

describe('sendOutbound: the account', () => {
  const accountOf = (talk: Talk) => lab.db.account.findUniqueOrThrow({ where: { id: talk.accountId } });
  const sendTo = async (talk: Talk, options?: Parameters<ActivityLab['run']>[2]) => {
    const id = await lab.plan(talk, 'answer');
    await send(talk, [id], options);
    return lab.outbound(id);
  };
  /** Another customer of the same account. */
  const another = ({ accountId }: Talk) => lab.talk(['Hello'], { accountId });

  it.each([
    ['unauthorized', 'bad_api_key', 'The provider refuses the API key.'],
    ['not-found', 'wrong_base_url', 'No provider answers at the address.'],
    ['method-not-allowed', 'wrong_base_url', 'No provider answers at the address.'],
    ['invalid-endpoint', 'not_whitelisted', 'The provider does not know this server.'],
  ] as const)('has trouble once it was answered %s, and none once a message was sent', async (how, reason, note) => {
    const talk = await lab.talk();
    lab.directam.behave([how, 'ok']);
    expect(await sendTo(talk)).toMatchObject({ state: 'rejected', reason });
    expect(await accountOf(talk)).toMatchObject({ status: 'failing', statusNote: expect.stringContaining(note) });
    expect(await sendTo(talk)).toMatchObject({ state: 'sent' });
    expect(await accountOf(talk)).toMatchObject({ status: 'active', statusNote: '', lastSentAt: expect.any(Date) });
  });

  it('has trouble when nothing is set up to send with', async () => {
    const [talk, other] = [await lab.talk(), await lab.talk()];
    expect(await sendTo(talk, { deps: { credentials: { of: async () => null } } })).toMatchObject({
      state: 'rejected',
      reason: 'not_configured',
    });
    expect(await accountOf(talk)).toMatchObject({
      status: 'failing',
      statusNote: expect.stringMatching(/^Nothing can/),
    });
    await sendTo(other, { deps: { channels: new Map() } });
    expect(await accountOf(other)).toMatchObject({
      status: 'failing',
      statusNote: expect.stringContaining('switched off'),
    });
  });

  it('has none when one customer is refused, and some when every customer is', async () => {
    const talk = await lab.talk();
    lab.directam.behave('success-false');
    for (let count = 0; count < 4; count += 1) await sendTo(talk);
    expect(await accountOf(talk)).toMatchObject({ status: 'active' });
    await sendTo(await another(talk));
    expect(await accountOf(talk)).toMatchObject({ status: 'active' });
    await sendTo(await another(talk));
    expect(await accountOf(talk)).toMatchObject({
      status: 'failing',
      statusNote: expect.stringMatching(/^The provider refused the last/),
    });
    lab.directam.behave('ok');
    await sendTo(talk);
    expect(await accountOf(talk)).toMatchObject({ status: 'active', statusNote: '' });
  });

  it('has trouble when its provider cannot be reached, is left in peace, and its messages wait', async () => {
    const talk = await lab.talk();
    const away = { baseUrl: 'http://127.0.0.1:1', apiKey: null, webhookSecret: null };
    const lanes = createAccountLanes({ failuresToOpen: 2, openMs: 300, openAtMostMs: 300 });
    const deps = { lanes, credentials: { of: async () => away } };
    const id = await lab.plan(talk, 'waits');
    for (const attempt of [1, 2])
      await expect(send(talk, [id], { attempt, deps })).rejects.toMatchObject({ type: 'channel_unavailable' });
    expect(await accountOf(talk)).toMatchObject({
      status: 'failing',
      statusNote: expect.stringMatching(/does not answer/),
    });
    const asked = lab.directam.requestCount();
    await expect(send(talk, [id], { deps: { lanes } })).rejects.toMatchObject({
      type: 'account_busy',
      ...retryable,
      nextRetryDelay: expect.any(Number),
    });
    expect(await lab.outbound(id)).toMatchObject({ state: 'planned', reason: 'provider_unavailable', attempts: 2 });
    expect(lab.directam.requestCount()).toBe(asked);
    // Another account's lane is its own.
    expect(await sendTo(await lab.talk(), { deps: { lanes } })).toMatchObject({ state: 'sent' });
    const stateAfterTry = async () => {
      await send(talk, [id], { attempt: 4, deps: { lanes } }).catch(() => undefined);
      return (await lab.outbound(id)).state;
    };
    await expect.poll(stateAfterTry).toBe('sent');
    expect(sendsTo(talk)).toHaveLength(1);
    expect(await accountOf(talk)).toMatchObject({ status: 'active', statusNote: '' });
  });

  it('stays to be connected again, whatever else goes wrong meanwhile', async () => {
    const talk = await lab.talk();
    const needsReconnect = { status: 'needs_reconnect', note: 'The channel refuses the token.' } as const;
    await noteAccountTrouble(lab.db, talk.accountId, needsReconnect);
    await noteAccountTrouble(lab.db, talk.accountId, { status: 'failing', note: 'Another fault.' });
    await noteAccountWorks(lab.db, talk.accountId);
    expect(await accountOf(talk)).toMatchObject({ status: 'needs_reconnect', statusNote: needsReconnect.note });
    await lab.db.account.update({ where: { id: talk.accountId }, data: { status: 'removed' } });
    await noteAccountTrouble(lab.db, talk.accountId, needsReconnect);
    expect(await accountOf(talk)).toMatchObject({ status: 'removed' });
  });

  it('gives back what finds no room, still planned, and lets another account through', async () => {
    const talk = await lab.talk();
    const lanes = createAccountLanes({ requestsAtOnce: 1, waitingAtMost: 0 });
    lab.directam.behave(['slow', 'ok']);
    const slow = sendTo(talk, { deps: { lanes } });
    await lab.directam.waitFor((received) => received.receiverId === talk.customer);
    const next = await another(talk);
    const ids = [await lab.plan(next, 'part 1'), await lab.plan(next, 'part 2', { position: 1 })];
    await expect(send(next, ids, { deps: { lanes } })).rejects.toMatchObject({ type: 'account_busy', ...retryable });
    for (const id of ids) expect(await lab.outbound(id)).toMatchObject({ state: 'planned', reason: 'account_busy' });
    expect(await sendTo(await lab.talk(), { deps: { lanes } })).toMatchObject({ state: 'sent' });
    expect(await slow).toMatchObject({ state: 'sent' });
    await send(next, ids, { attempt: 2, deps: { lanes } });
    expect(sendsTo(next).map(({ text }) => text)).toEqual(['part 1', 'part 2']);
    expect(await lab.outbound(ids[0] as string)).toMatchObject({ state: 'sent', reason: '', attempts: 1 });
  });

  it('asks the gate again about what had to wait for room', async () => {
    const talk = await lab.talk();
    const lanes = createAccountLanes({ requestsAtOnce: 1, waitingAtMost: 2 });
    lab.directam.behave(['slow', 'ok']);
    const slow = sendTo(talk, { deps: { lanes } });
    await lab.directam.waitFor((received) => received.receiverId === talk.customer);
    const [held, free] = [await another(talk), await another(talk)];
    const waiting = [sendTo(held, { deps: { lanes } }), sendTo(free, { deps: { lanes } })];
    await lab.db.conversation.update({ where: { id: held.conversationId }, data: { mode: 'human' } });
    expect(await slow).toMatchObject({ state: 'sent' });
    expect(await Promise.all(waiting)).toMatchObject([
      { state: 'blocked', reason: 'human_took_over' },
      { state: 'sent' },
    ]);
    expect(sendsTo(held)).toEqual([]);
  });
});

describe('sendOutbound: follow-ups', () => {
  const promise = async (talk: Talk, changes: object = {}) => {
    const { businessId, conversationId } = talk;
    const dueAt = new Date(Date.now() + HOUR_MS);
    await lab.db.conversation.update({ where: { id: conversationId }, data: { followUpDueAt: dueAt } });
    const row = await lab.db.followUp.create({
      data: { businessId, conversationId, text: 'Still there?', dueAt, ...changes },
    });
    return row.id;
  };
  const sendFollowUp = (talk: Talk, followUpId: string, attempt = 1) =>
    lab.run('sendOutbound', { identity: talk, outboundIds: [], followUpId }, { attempt });
  const followUp = (id: string) => lab.db.followUp.findUniqueOrThrow({ where: { id }, include: { outbound: true } });

  it('sends one that is pending, once, and shows it as sent', async () => {
    const talk = await lab.talk();
    const id = await promise(talk);
    await sendFollowUp(talk, id);
    await sendFollowUp(talk, id, 2);
    expect(sendsTo(talk).map((sent) => sent.text)).toEqual(['Still there?']);
    expect(await followUp(id)).toMatchObject({ state: 'sent', outbound: { author: 'follow-up', state: 'sent' } });
    const conversation = await lab.db.conversation.findUniqueOrThrow({ where: { id: talk.conversationId } });
    expect(conversation.followUpDueAt).toBeNull();
  });

  it('sends one once that many attempts take up at the same moment, and none of them calls it cancelled', async () => {
    const talk = await lab.talk();
    const id = await promise(talk);
    await Promise.all(Array.from({ length: 8 }, () => sendFollowUp(talk, id)));
    expect(sendsTo(talk)).toHaveLength(1);
    expect(await followUp(id)).toMatchObject({ state: 'sent', outbound: { state: 'sent' } });
  });

  it('sends none that was cancelled, and cancels one that the gate holds back', async () => {
    const talk = await lab.talk();
    const cancelled = await promise(talk, { state: 'cancelled' });
    await sendFollowUp(talk, cancelled);
    expect(sendsTo(talk)).toEqual([]);
    const held = await promise(talk, { createdAt: new Date(Date.now() - HOUR_MS) });
    await sendFollowUp(talk, held);
    expect(await followUp(held)).toMatchObject({ state: 'cancelled', reason: 'customer_wrote' });
  });
});
