import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettingsReader, type SettingsReader } from '../../src/businesses/settings.ts';
import { createBusinessModels, settingsDefaultsOf } from '../../src/composition.ts';
import { loadConfig } from '../../src/config.ts';
import { createInbox } from '../../src/inbox/inbox.ts';
import type { Database } from '../../src/platform/database/client.ts';
import { createKeyRing } from '../../src/platform/encryption/key-ring.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';
import { AT_ONCE, type InboxLab, openInboxLab, said } from '../support/inbox-lab.ts';

let lab: ActivityLab;
let inboxLab: InboxLab;
beforeAll(async () => {
  [lab, inboxLab] = await Promise.all([openActivityLab(), openInboxLab()]);
});
afterAll(async () => {
  await Promise.all([lab.close(), inboxLab.close()]);
});

/** A reader that has read nothing yet: what was set before is what it finds. */
function newReader(db: Database): SettingsReader {
  return createSettingsReader({ db, keyRing: createKeyRing(null), defaults: settingsDefaultsOf(loadConfig({})) });
}

const set = (db: Database, businessId: string, changes: object) =>
  db.businessSettings.upsert({ where: { businessId }, create: { businessId, ...changes }, update: changes });

describe('what a business has set', () => {
  /** Times of day around now in the business's zone: they are quiet. */
  const quietNow = () => {
    const local = DateTime.now().setZone('Asia/Tehran');
    const at = (hours: number) => local.plus({ hours }).toFormat('HH:mm');
    return { quietHoursStart: at(-1), quietHoursEnd: at(1) };
  };
  const sendLater = async (talk: Talk) => {
    const settings = newReader(lab.db);
    const id = await lab.plan(talk, 'later', { author: 'follow-up' });
    const quietHours = async (businessId: string) => (await settings.of(businessId)).quietHours;
    await lab.run('sendOutbound', { identity: talk, outboundIds: [id], followUpId: null }, { deps: { quietHours } });
    return lab.outbound(id);
  };

  it('keeps follow-ups out of its own quiet hours, and only those', async () => {
    const talk = await lab.talk();
    expect(await sendLater(talk)).toMatchObject({ state: 'sent' });
    await set(lab.db, talk.businessId, quietNow());
    expect(await sendLater(talk)).toMatchObject({ state: 'blocked', reason: 'quiet_hours' });
    await set(lab.db, talk.businessId, { quietHoursStart: null, quietHoursEnd: null });
  });

  it('plans its own follow-up, or none', async () => {
    const follow = async () => {
      const settings = newReader(lab.db);
      const talk = await lab.talk(['سلام، می‌خوام سفارش بدم، کیف چرمی رو می‌خرم']);
      const decided = await lab.run(
        'decideReply',
        {
          identity: { conversationId: talk.conversationId, businessId: talk.businessId },
          turnId: '1.1',
          messageIds: talk.messageIds,
          optOut: false,
          supersedesTurnIds: [],
          cancelFollowUpId: null,
          runNumber: 0,
          windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
          decideOnly: true,
        },
        {
          deps: {
            ...createBusinessModels(settings),
            catalog: null,
            followUp: async (businessId) => (await settings.of(businessId)).followUp,
          },
        },
      );
      const row = decided.followUp && (await lab.db.followUp.findUniqueOrThrow({ where: { id: decided.followUp.id } }));
      return { text: row?.text, hours: row && Math.round((row.dueAt.getTime() - Date.now()) / HOUR_MS) };
    };
    const { businessId } = await lab.talk([]);
    expect((await follow()).hours).toBe(12);
    await set(lab.db, businessId, { followUpDelayHours: 3, followUpMessage: 'هنوز هستید؟' });
    expect(await follow()).toEqual({ text: 'هنوز هستید؟', hours: 3 });
    await set(lab.db, businessId, { followUpEnabled: false });
    expect((await follow()).text).toBeUndefined();
  });

  it('is its own quiet time, beside businesses that wait as the variables say', async () => {
    const settings = newReader(inboxLab.db);
    const otherShop = randomUUID();
    const { id: otherId } = await inboxLab.db.business.create({ data: { slug: otherShop, name: 'Other' } });
    await inboxLab.db.account.create({ data: { businessId: otherId, channel: 'directam', externalId: otherShop } });
    await set(inboxLab.db, otherId, { debounceMs: 50_000 });
    const inbox = createInbox({
      db: inboxLab.db,
      channels: new Map([['directam', inboxLab.channel]]),
      credentials: { owned: async () => [] },
      windowMs: null,
      defaultBusinessId: inboxLab.businessId,
      selfConnecting: new Set(),
      debounce: { ...AT_ONCE, quietMs: 1500, maxMs: 8000 },
      quietMsOf: async (businessId) => (await settings.of(businessId)).debounceMs,
      onWork: () => {},
      onError: () => {},
    });
    const [ours, theirs] = [randomUUID(), randomUUID()];
    await inboxLab.take([said(ours, 'hello'), said(theirs, 'hello', { receiver_id: otherShop })], inbox);
    await inbox.stop();
    const waitOf = async (customer: string) => {
      const { dispatch } = await inboxLab.db.conversation.findFirstOrThrow({
        where: { contact: { externalId: customer } },
        include: { dispatch: true },
      });
      return (dispatch?.dueAt?.getTime() ?? 0) - (dispatch?.waitingSince?.getTime() ?? 0);
    };
    expect(await waitOf(ours)).toBe(1500);
    expect(await waitOf(theirs)).toBe(50_000);
  });
});

describe('an account', () => {
  it('tells when it last heard and spoke, to a minute, without becoming another version', async () => {
    const talk = await lab.talk();
    const before = await lab.db.account.findUniqueOrThrow({ where: { id: talk.accountId } });
    const speak = async () => {
      const id = await lab.plan(talk, `answer ${randomUUID()}`);
      await lab.run('sendOutbound', { identity: talk, outboundIds: [id], followUpId: null });
      return lab.db.account.findUniqueOrThrow({ where: { id: talk.accountId } });
    };
    const first = await speak();
    expect(first.lastSentAt).not.toBeNull();
    expect(first.updatedAt).toEqual(before.updatedAt);
    expect((await speak()).lastSentAt).toEqual(first.lastSentAt);
    const customer = randomUUID();
    await inboxLab.take(said(customer, 'hello'));
    const heard = await inboxLab.db.account.findFirstOrThrow({
      where: { contacts: { some: { externalId: customer } } },
    });
    expect(heard.lastInboundAt).not.toBeNull();
    await inboxLab.take(said(customer, 'again'));
    const again = await inboxLab.db.account.findUniqueOrThrow({ where: { id: heard.id } });
    expect(again.lastInboundAt).toEqual(heard.lastInboundAt);
  });

  it('that has trouble may still send; one that must be connected again waits, and one that is gone may not', async () => {
    const talk = await lab.talk();
    const sendAs = async (status: string) => {
      await lab.db.account.update({ where: { id: talk.accountId }, data: { status } });
      const id = await lab.plan(talk, `answer ${status}`);
      const sending = lab.run('sendOutbound', { identity: talk, outboundIds: [id], followUpId: null });
      if (status === 'needs_reconnect') await expect(sending).rejects.toThrow();
      else await sending;
      return (await lab.outbound(id)).state;
    };
    expect(await sendAs('failing')).toBe('sent');
    expect(await sendAs('needs_reconnect')).toBe('planned');
    expect(await sendAs('removed')).toBe('blocked');
  });
});
