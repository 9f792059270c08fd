import { setTimeout as delay } from 'node:timers/promises';
import { ChannelRejectedError, ChannelUnavailableError } from '../../platform/errors.ts';
import type { SendReceipt, SendRequest } from '../channel.ts';
import { isWebUrl } from '../fit-content.ts';
import type { PostToProvider } from '../provider-client.ts';
import { readMetaAnswer } from './answer.ts';
import type { MetaCredentials } from './credentials.ts';
import { nodeUrl } from './logins.ts';
import { toMetaBody } from './send-body.ts';
import type { MetaSettings } from './settings.ts';
import { createUsageWatch, readUsage, type UsageWatch } from './usage.ts';

const TIMEOUT_MS = 20_000;

export type MetaSend = (request: SendRequest<MetaCredentials>) => Promise<SendReceipt>;

/**
 * Makes the sends of one of Meta's channels: one request each, never repeated here. Where Meta says that an account has nearly
 * used what it may, requests wait a little; where it has, they are put off.
 * Its sends throw ChannelRejectedError, ChannelUnavailableError or ChannelOutcomeUnknownError.
 */
export function createMetaSender(
  { name: channel }: { name: string },
  settings: MetaSettings,
  post: PostToProvider,
): MetaSend {
  const usage = createUsageWatch();
  return async ({ credentials, content, accountExternalId, contactExternalId, asHumanAgent = false, signal }) => {
    if (!credentials?.accessToken) throw new ChannelRejectedError('The account has no token', 'not_configured');
    if ('url' in content && !isWebUrl(content.url))
      throw new ChannelRejectedError('The media address is no web address', 'invalid_media_url');
    await slowDown(usage, accountExternalId, signal);
    const node = nodeUrl({ channel, externalId: accountExternalId, credentials }, settings);
    const answer = await post({
      url: new URL(`${node}/messages`),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        accept: 'application/json',
        // Not in the address, which logs may keep.
        authorization: `Bearer ${credentials.accessToken}`,
      },
      body: JSON.stringify(toMetaBody(contactExternalId, content, asHumanAgent)),
      timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
      ...(signal ? { signal } : {}),
    });
    const nowMs = Date.now();
    return readMetaAnswer(answer, nowMs, usage.note(accountExternalId, readUsage(answer), nowMs));
  };
}

async function slowDown(usage: UsageWatch, account: string, signal: AbortSignal | undefined): Promise<void> {
  const { ms, mustNotAsk } = usage.waitOf(account, Date.now());
  if (mustNotAsk) throw new ChannelUnavailableError('The account has used what Meta allows it', ms);
  // Who is cancelled meanwhile has asked nothing yet: the request itself says so.
  if (ms > 0) await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
