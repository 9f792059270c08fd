import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth } from '../platform/health/health-part.ts';

const MESSAGES = {
  channels_ok: { message: 'No account is known that cannot send.', action: '' },
  channels_failing: {
    message: 'Accounts of shops that cannot send: %{count}.',
    action: 'Their shops see which they are, and why, under accounts.',
  },
  accounts_ok: { message: 'No channel refuses a token.', action: '' },
  accounts_refused: {
    message: 'The channel refuses the token of: %{names}.',
    action: 'Connect these accounts again under accounts.',
  },
  accounts_failing: {
    message: 'Messages of these accounts are not delivered: %{names}.',
    action: 'Accounts say why, and what to do. Each counts as working again once it has sent a message.',
  },
} as const satisfies HealthMessages;

const ILL = ['needs_reconnect', 'failing'];

/** Whether the channels take our tokens and our messages. */
export const accountsHealth: FeatureHealth = {
  messages: MESSAGES,
  async shared({ db }) {
    const count = await db.account.count({ where: { status: { in: ILL } } });
    return count === 0
      ? [{ name: 'channels', state: 'ok', ...describeHealth(MESSAGES, 'channels_ok') }]
      : [{ name: 'channels', state: 'warning', ...describeHealth(MESSAGES, 'channels_failing', { count }) }];
  },
  async ofBusiness({ db, businessId }) {
    const ill = await db.account.findMany({
      where: { businessId, status: { in: ILL } },
      select: { name: true, externalId: true, channel: true, status: true },
      take: 20,
    });
    if (ill.length === 0) return [{ name: 'accounts', state: 'ok', ...describeHealth(MESSAGES, 'accounts_ok') }];
    const names = ill.map(({ name, externalId, channel }) => `${name || externalId} (${channel})`).join(', ');
    return ill.some(({ status }) => status === 'failing')
      ? [{ name: 'accounts', state: 'failing', ...describeHealth(MESSAGES, 'accounts_failing', { names }) }]
      : [{ name: 'accounts', state: 'warning', ...describeHealth(MESSAGES, 'accounts_refused', { names }) }];
  },
};
