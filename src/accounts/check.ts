import { basicAuthorization } from '../channels/basic-authorization.ts';
import type { AccountCredentials } from '../channels/credentials.ts';
import type { MetaProfileReader } from '../channels/meta-profile.ts';
import { FetchFailedError, FetchRefusedError } from '../platform/errors.ts';
import type { SafeFetch } from '../platform/safe-fetch/safe-fetch.ts';

/** Whether an account could be used now, in words for the panel. */
export interface CheckOutcome {
  ok: boolean;
  note: string;
}

/** Looks whether a provider would take our credentials; sends nothing to anybody. */
export type AccountCheck = (channel: string, accountExternalId: string) => Promise<CheckOutcome>;

const TIMEOUT_MS = 5000;
const MAX_ANSWER_BYTES = 64 * 1024;

interface Deps {
  credentials: AccountCredentials;
  fetchSafely: SafeFetch;
  readMetaProfile: MetaProfileReader;
  /** Where accounts without an address of their own reach Twilio. */
  twilioBaseUrl: string;
}

/** One row a channel: how it is looked at. */
const CHECKS: Readonly<Record<string, (deps: Deps, credentials: unknown, account: Asked) => Promise<CheckOutcome>>> = {
  directam: checkDirectam,
  instagram: checkMeta,
  messenger: checkMeta,
  sms: checkTwilio,
};

interface Asked {
  channel: string;
  externalId: string;
}

export function createAccountCheck(deps: Deps): AccountCheck {
  return async (channel, accountExternalId) => {
    if (channel === 'simulator') return { ok: true, note: 'The simulator needs nothing.' };
    const credentials = await deps.credentials.of(channel, accountExternalId);
    if (credentials === null) return { ok: false, note: 'The account has no credentials that can be read.' };
    const check = CHECKS[channel];
    return check
      ? check(deps, credentials, { channel, externalId: accountExternalId })
      : { ok: false, note: 'The credentials are stored; this channel is not switched on.' };
  };
}

/**
 * Directam documents nothing that can be asked, so its base address is read with the key: nothing that could be taken for a
 * send. Who refuses the key says so; who answers anything else is there.
 */
async function checkDirectam({ fetchSafely }: Deps, credentials: unknown): Promise<CheckOutcome> {
  const { baseUrl, apiKey } = credentials as { baseUrl: string | null; apiKey: string | null };
  if (!baseUrl) return { ok: false, note: 'The address of Directam is missing.' };
  const url = new URL(baseUrl);
  if (apiKey) url.searchParams.set('api_token', apiKey);
  const status = await readStatus(fetchSafely, url);
  if (typeof status === 'string') return { ok: false, note: status };
  if (status === 401 || status === 403) return { ok: false, note: `Directam refuses the key (${status}).` };
  if (status >= 500) return { ok: false, note: `Directam has trouble of its own (${status}).` };
  return { ok: true, note: 'Directam answers and does not refuse the key.' };
}

/** Who may read who the account is, has a token that Meta takes. */
async function checkMeta({ readMetaProfile }: Deps, _: unknown, { channel, externalId }: Asked): Promise<CheckOutcome> {
  const found = await readMetaProfile(channel, externalId);
  return 'fault' in found ? { ok: false, note: found.fault } : { ok: true, note: 'Meta takes the token.' };
}

/** Reads the account itself, as Twilio shows it to whoever has its token. */
async function checkTwilio({ fetchSafely, twilioBaseUrl }: Deps, credentials: unknown): Promise<CheckOutcome> {
  const { accountSid, authToken, apiBaseUrl } = credentials as {
    accountSid: string;
    authToken: string;
    apiBaseUrl?: string;
  };
  const url = new URL(`${apiBaseUrl ?? twilioBaseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}.json`);
  const status = await readStatus(fetchSafely, url, basicAuthorization(accountSid, authToken));
  if (typeof status === 'string') return { ok: false, note: status };
  if (status === 401 || status === 403 || status === 404)
    return { ok: false, note: `Twilio refuses the key (${status}).` };
  if (status >= 500) return { ok: false, note: `Twilio has trouble of its own (${status}).` };
  return { ok: true, note: 'Twilio takes the key.' };
}

/** The status of the answer, or what kept it from coming. */
async function readStatus(fetchSafely: SafeFetch, url: URL, authorization?: string): Promise<number | string> {
  const types = ['application/json', 'text/html', 'text/plain'];
  try {
    const asked = { url: url.href, types, maxBytes: MAX_ANSWER_BYTES, timeoutMs: TIMEOUT_MS };
    return (await fetchSafely({ ...asked, ...(authorization ? { authorization } : {}) })).status;
  } catch (error) {
    if (error instanceof FetchFailedError) return 'The address cannot be reached.';
    if (!(error instanceof FetchRefusedError)) throw error;
    return error.reason === 'type' || error.reason === 'too_large' ? 200 : 'This address may not be asked.';
  }
}
