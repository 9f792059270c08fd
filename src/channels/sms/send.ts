import { ChannelOutcomeUnknownError, ChannelRejectedError, ChannelUnavailableError } from '../../platform/errors.ts';
import { isOfThisMachine } from '../../platform/loopback.ts';
import { textOf } from '../../text/message.ts';
import { basicAuthorization } from '../basic-authorization.ts';
import type { SendReceipt, SendRequest } from '../channel.ts';
import type { PostToProvider, ProviderAnswer } from '../provider-client.ts';
import { readRetryAfterMs } from '../retry-after.ts';
import type { TwilioCredentials } from './credentials.ts';
import { isThrottled, reasonOfTwilio } from './errors.ts';
import type { SmsSettings } from './settings.ts';

export const STATUS_PATH = '/webhooks/sms/status';
const TIMEOUT_MS = 20_000;

/**
 * Makes the sends of text messages by Twilio: one request each, never repeated here, because Twilio has no key by which a second
 * one would be known. Throws ChannelRejectedError, ChannelUnavailableError or ChannelOutcomeUnknownError.
 */
export function createTwilioSender(settings: SmsSettings, post: PostToProvider) {
  return async (request: SendRequest<TwilioCredentials>): Promise<SendReceipt> => {
    const { credentials, signal } = request;
    if (!credentials) throw new ChannelRejectedError('The account has no credentials', 'not_configured');
    const { accountSid, authToken } = credentials;
    const base = (credentials.apiBaseUrl ?? settings.apiBaseUrl).replace(/\/+$/, '');
    const answer = await post({
      url: new URL(`${base}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        accept: 'application/json',
        authorization: basicAuthorization(accountSid, authToken),
      },
      body: formOf(request, credentials, callbackBase(base, settings.publicBaseUrl)).toString(),
      timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
      ...(signal ? { signal } : {}),
    });
    return readAnswer(answer);
  };
}

function formOf(
  { contactExternalId, content, intentId }: SendRequest<TwilioCredentials>,
  { phoneNumber, messagingServiceSid }: TwilioCredentials,
  callbackBaseUrl: string | null,
): URLSearchParams {
  const form = new URLSearchParams({ To: contactExternalId, Body: textOf(content) });
  if (messagingServiceSid) form.set('MessagingServiceSid', messagingServiceSid);
  else form.set('From', phoneNumber ?? '');
  if (callbackBaseUrl) form.set('StatusCallback', `${callbackBaseUrl}${STATUS_PATH}?outbound=${intentId}`);
  return form;
}

/** Null where Twilio could not reach us, and would refuse the whole message for it. */
function callbackBase(apiBaseUrl: string, publicBaseUrl: string): string | null {
  return isOfThisMachine(publicBaseUrl) && !isOfThisMachine(apiBaseUrl) ? null : publicBaseUrl.replace(/\/+$/, '');
}

function readAnswer({ status, headers, text }: ProviderAnswer): SendReceipt {
  const { sid, code } = readBody(text);
  if (status >= 200 && status < 300) {
    if (sid === null) throw new ChannelOutcomeUnknownError('Twilio took it without naming it', 'unreadable_answer');
    return { externalId: sid, httpStatus: status };
  }
  if (status === 429 || isThrottled(code))
    throw new ChannelUnavailableError(
      `Twilio asks to wait (${code || status})`,
      readRetryAfterMs(headers['retry-after'], Date.now()),
    );
  if (status >= 500) throw new ChannelOutcomeUnknownError(`Twilio has trouble (${status})`, 'server_error');
  const reason = status === 401 || status === 403 ? 'bad_api_key' : reasonOfTwilio(code);
  throw new ChannelRejectedError(`Twilio refused it (${code || status})`, reason);
}

function readBody(text: string): { sid: string | null; code: number } {
  try {
    const { sid, code } = JSON.parse(text) as { sid?: unknown; code?: unknown };
    return { sid: typeof sid === 'string' && sid !== '' ? sid : null, code: Number(code) || 0 };
  } catch {
    return { sid: null, code: 0 };
  }
}
