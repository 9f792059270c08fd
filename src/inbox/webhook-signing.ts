import type { Logger } from 'pino';
import type { Channel, Channels } from '../channels/channel.ts';
import type { AccountCredentials } from '../channels/credentials.ts';
import type { Database } from '../platform/database/client.ts';
import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { HealthPart } from '../platform/health/health-part.ts';

export const SIGNING_MESSAGES = {
  webhooks_ok: { message: 'Nobody can post messages in the name of a customer or of the shop.', action: '' },
  webhooks_unsigned: {
    message:
      'Webhooks of %{channels} are taken unsigned: every program on this machine can write as a customer or as the shop.',
    action: 'Set WEBHOOK_SECRET, or enter a webhook secret in the account, before others can reach this Peyk.',
  },
  webhooks_open: {
    message:
      'Webhooks of %{channels} are taken unsigned from anywhere: whoever knows the address can write as a customer or as the shop.',
    action: 'Set WEBHOOK_SECRET, or enter a webhook secret in the account, and take ALLOW_UNSIGNED_WEBHOOKS away.',
  },
  webhooks_refused: {
    message:
      'Webhooks of %{channels} are refused: others can reach this Peyk, and there is no secret to check them by.',
    action: 'Set WEBHOOK_SECRET, or enter a webhook secret in the account; enter the same secret at the channel.',
  },
} as const satisfies HealthMessages;

export interface WebhookSigningDeps {
  db: Database;
  channels: Channels;
  credentials: Pick<AccountCredentials, 'owned'>;
  /** Channels that the variables set up: they are in use before their first account. */
  selfConnecting: ReadonlySet<string>;
  takesUnsignedWebhooks: boolean;
  /** Whether others than this machine can reach us. */
  isReachable: boolean;
}

export interface WebhookSigning {
  /** For the health of one business. */
  partsOf(businessId: string): Promise<HealthPart[]>;
  /** One line at the start of a process, where strangers can post or a channel's webhooks are refused. */
  warn(logger: Logger): Promise<void>;
}

/** Tells where a webhook needs no proof, or where none can be given. */
export function createWebhookSigning({
  db,
  channels,
  credentials,
  selfConnecting,
  ...settings
}: WebhookSigningDeps): WebhookSigning {
  const { takesUnsignedWebhooks, isReachable } = settings;

  /** The channels whose webhooks nothing here can check. */
  async function unproven(): Promise<Channel[]> {
    const posted = [...channels.values()].filter(({ webhooks, canVerify }) => webhooks.length > 0 && canVerify);
    const found = await Promise.all(
      posted.map(async (channel) => {
        const known = (await credentials.owned(channel.name)).map((owned) => owned.credentials);
        return channel.canVerify?.(known) ? [] : [channel];
      }),
    );
    return found.flat();
  }

  /** A channel that nobody uses needs no secret: only what refuses somebody's messages is told. */
  async function inUse(among: readonly Channel[], businessId?: string): Promise<Channel[]> {
    const names = among.map(({ name }) => name);
    const where = { channel: { in: names }, ...(businessId === undefined ? {} : { businessId }) };
    const rows = await db.account.findMany({ where, distinct: ['channel'], select: { channel: true } });
    const used = new Set([...rows.map(({ channel }) => channel), ...selfConnecting]);
    return among.filter(({ name }) => used.has(name));
  }

  async function part(businessId?: string): Promise<HealthPart> {
    const found = await unproven();
    const told = takesUnsignedWebhooks ? found : await inUse(found, businessId);
    const name = 'webhooks';
    if (told.length === 0) return { name, state: 'ok', ...describeHealth(SIGNING_MESSAGES, 'webhooks_ok') };
    const code = !takesUnsignedWebhooks ? 'webhooks_refused' : isReachable ? 'webhooks_open' : 'webhooks_unsigned';
    const state = code === 'webhooks_unsigned' ? 'warning' : 'failing';
    const named = told.map(({ label }) => label.en).join(', ');
    return { name, state, ...describeHealth(SIGNING_MESSAGES, code, { channels: named }) };
  }

  return {
    partsOf: async (businessId) => [await part(businessId)],
    async warn(logger) {
      const { state, note } = await part();
      if (state !== 'ok') logger.warn(note);
    },
  };
}
