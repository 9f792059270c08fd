import { z } from 'zod';
import { FetchFailedError, FetchRefusedError } from '../../platform/errors.ts';
import type { SafeFetch } from '../../platform/safe-fetch/safe-fetch.ts';
import type { AccountCredentials } from '../credentials.ts';
import type { MetaProfile, MetaProfileReader } from '../meta-profile.ts';
import type { MetaCredentials } from './credentials.ts';
import { nodeUrl } from './logins.ts';
import type { MetaSettings } from './settings.ts';

interface Deps {
  settings: MetaSettings;
  credentials: Pick<AccountCredentials, 'of'>;
  fetchSafely: SafeFetch;
}

const TIMEOUT_MS = 5000;
const MAX_ANSWER_BYTES = 64 * 1024;
const FIELDS: Readonly<Record<string, string>> = {
  instagram: 'username,name,profile_picture_url,followers_count',
  messenger: 'name',
};

const text = z.string().catch('');
const profile = z.object({
  id: z.union([z.string(), z.number()]).transform(String).catch(''),
  username: text,
  name: text,
  profile_picture_url: z.url().nullish().catch(null),
  followers_count: z.number().int().nullish().catch(null),
});
const answerSchema = z.object({
  data: z.array(profile).optional().catch(undefined),
  error: z.object({ code: z.number() }).nullish().catch(null),
});

const TOKEN_CODES: ReadonlySet<number> = new Set([102, 190]);

export function createMetaProfileReader({ settings, credentials, fetchSafely }: Deps): MetaProfileReader {
  return async (channel, externalId) => {
    const given = (await credentials.of(channel, externalId)) as MetaCredentials | null;
    if (!given?.accessToken) return { fault: 'The account has no credentials that can be read.' };
    const url = new URL(nodeUrl({ channel, externalId, credentials: given }, settings));
    url.searchParams.set('fields', FIELDS[channel] ?? 'name');
    url.searchParams.set('access_token', given.accessToken);
    try {
      const types = ['application/json', 'text/javascript'];
      const request = { url: url.href, types, maxBytes: MAX_ANSWER_BYTES, timeoutMs: TIMEOUT_MS };
      const { status, body } = await fetchSafely(request);
      return readProfile(status, body.toString('utf8'));
    } catch (error) {
      if (error instanceof FetchFailedError) return { fault: 'The address cannot be reached.' };
      if (!(error instanceof FetchRefusedError)) throw error;
      return { fault: 'This address may not be asked.' };
    }
  };
}

function readProfile(status: number, body: string): MetaProfile | { fault: string } {
  const answer = readJson(body);
  const { data, error } = answerSchema.safeParse(answer).data ?? {};
  if (error && TOKEN_CODES.has(error.code))
    return { fault: 'The channel refuses the token. Connect the account again.' };
  if (status >= 500) return { fault: `Meta has trouble of its own (${status}).` };
  if (error || status >= 400) return { fault: `Meta refuses the key (${status}).` };
  // Instagram Login may wrap it in a list.
  const found = data?.[0] ?? profile.safeParse(answer).data;
  if (!found) return { fault: 'No provider answers at the address. Correct it.' };
  const { id, username, name, profile_picture_url: pictureUrl, followers_count: followers } = found;
  return { id, username, name, pictureUrl: pictureUrl ?? null, followers: followers ?? null };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
