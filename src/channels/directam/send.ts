import { ChannelRejectedError } from '../../platform/errors.ts';
import type { SendReceipt, SendRequest } from '../channel.ts';
import { isWebUrl } from '../fit-content.ts';
import type { PostToProvider } from '../provider-client.ts';
import { readDirectamAnswer } from './answer.ts';
import type { DirectamConfig } from './config.ts';
import type { DirectamCredentials } from './credentials.ts';
import { toDirectamCall } from './send-body.ts';
import type { AuthPlace } from './settings.ts';

/**
 * Sends one fitted content: one request, never repeated here.
 * @throws ChannelRejectedError, ChannelUnavailableError or ChannelOutcomeUnknownError
 */
export async function sendToDirectam(
  config: DirectamConfig,
  post: PostToProvider,
  request: SendRequest<DirectamCredentials>,
): Promise<SendReceipt> {
  const { content, credentials } = request;
  if (!credentials?.baseUrl) {
    throw new ChannelRejectedError('Directam is not configured: the account has no base address', 'not_configured');
  }
  const auth = { apiKey: credentials.apiKey, places: config.authPlaces };
  if ('url' in content && !isWebUrl(content.url)) {
    throw new ChannelRejectedError('The media address is no web address', 'invalid_media_url');
  }
  const call = toDirectamCall(request.contactExternalId, content);
  const answer = await post({
    url: addressOf(auth, sendUrl(credentials.baseUrl, config.sendPrefix) + call.path),
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', ...authHeaders(auth) },
    body: JSON.stringify({ ...call.body, ...authField(auth, 'body') }),
    timeoutMs: config.timeoutMs,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  return readDirectamAnswer(answer, Date.now());
}

interface Auth {
  apiKey: string | null;
  places: readonly AuthPlace[];
}

/** Base address and prefix, without a slash at the end. */
function sendUrl(baseUrl: string, prefix: string): string {
  return [baseUrl.replace(/\/+$/, ''), prefix].filter(Boolean).join('/');
}

function addressOf(auth: Auth, address: string): URL {
  const url = new URL(address);
  for (const [name, value] of Object.entries(authField(auth, 'query'))) url.searchParams.set(name, value);
  return url;
}

function authField({ apiKey, places }: Auth, place: 'query' | 'body'): { api_token?: string } {
  return apiKey !== null && places.includes(place) ? { api_token: apiKey } : {};
}

/** The gateway does not say which header it reads, so the key travels under each name that is known to work. */
function authHeaders({ apiKey, places }: Auth): Record<string, string> {
  if (apiKey === null || !places.includes('headers')) return {};
  return {
    'api-key': apiKey,
    api_token: apiKey,
    'api-token': apiKey,
    'x-api-key': apiKey,
    'x-api-token': apiKey,
    authorization: `Bearer ${apiKey}`,
  };
}
