import { ChannelRejectedError } from '../../platform/errors.ts';
import type { SendReceipt, SendRequest } from '../connector.ts';
import { isWebUrl } from '../fit-content.ts';
import type { PostToProvider } from '../provider-client.ts';
import { readDirectamAnswer } from './answer.ts';
import type { DirectamConfig } from './config.ts';
import { toDirectamCall } from './send-body.ts';

/**
 * Sends one fitted content: one request, never repeated here.
 * @throws ChannelRejectedError, ChannelUnavailableError or ChannelOutcomeUnknownError
 */
export async function sendToDirectam(
  config: DirectamConfig,
  post: PostToProvider,
  request: SendRequest,
): Promise<SendReceipt> {
  const { content } = request;
  if (config.sendUrl === null) {
    throw new ChannelRejectedError('Directam is not configured: set DIRECTAM_BASE_URL', 'not_configured');
  }
  if ('url' in content && !isWebUrl(content.url)) {
    throw new ChannelRejectedError('The media address is no web address', 'invalid_media_url');
  }
  const call = toDirectamCall(request.contactExternalId, content);
  const answer = await post({
    url: addressOf(config, config.sendUrl + call.path),
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', ...authHeaders(config) },
    body: JSON.stringify({ ...call.body, ...authField(config, 'body') }),
    timeoutMs: config.timeoutMs,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  return readDirectamAnswer(answer, Date.now());
}

function addressOf(config: DirectamConfig, address: string): URL {
  const url = new URL(address);
  for (const [name, value] of Object.entries(authField(config, 'query'))) url.searchParams.set(name, value);
  return url;
}

function authField(config: DirectamConfig, place: 'query' | 'body'): { api_token?: string } {
  return config.apiKey !== null && config.authPlaces.includes(place) ? { api_token: config.apiKey } : {};
}

/** The gateway does not say which header it reads, so the key travels under each name that is known to work. */
function authHeaders({ apiKey, authPlaces }: DirectamConfig): Record<string, string> {
  if (apiKey === null || !authPlaces.includes('headers')) return {};
  return {
    'api-key': apiKey,
    api_token: apiKey,
    'api-token': apiKey,
    'x-api-key': apiKey,
    'x-api-token': apiKey,
    authorization: `Bearer ${apiKey}`,
  };
}
