import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth } from '../platform/health/health-part.ts';

const MESSAGES = {
  accounts_ok: { message: 'No channel refuses a token.', action: '' },
  accounts_refused: {
    message: 'The channel refuses the token of: %{names}.',
    action: 'Connect these accounts again under accounts.',
  },
} as const satisfies HealthMessages;

/** Whether the channels take our tokens. */
export const accountsHealth: FeatureHealth = {
  messages: MESSAGES,
  async ofBusiness({ db, businessId }) {
    const refused = await db.account.findMany({
      where: { businessId, status: 'needs_reconnect' },
      select: { name: true, externalId: true, channel: true },
      take: 20,
    });
    if (refused.length === 0) return [{ name: 'accounts', state: 'ok', ...describeHealth(MESSAGES, 'accounts_ok') }];
    const names = refused.map(({ name, externalId, channel }) => `${name || externalId} (${channel})`).join(', ');
    return [{ name: 'accounts', state: 'warning', ...describeHealth(MESSAGES, 'accounts_refused', { names }) }];
  },
};
