import type { MetaCredentials } from './credentials.ts';
import type { MetaSettings } from './settings.ts';

/** One way in which an account was connected: where it is reached, and as whom it speaks. A further way is one more row. */
interface Login {
  fits(of: Account): boolean;
  host(settings: MetaSettings): string;
  /** The node whose messages these are. */
  node(of: Account): string;
}

interface Account {
  channel: string;
  externalId: string;
  credentials: MetaCredentials;
}

/** How tokens of Facebook Login begin; those of Instagram Login begin with IG. */
const FACEBOOK_TOKEN = /^EAA/;

/** The first that fits. */
const LOGINS: readonly Login[] = [
  {
    // Messenger: the account is the page.
    fits: ({ channel }) => channel === 'messenger',
    host: ({ graphBaseUrl }) => graphBaseUrl,
    node: ({ externalId, credentials }) => credentials.pageId ?? externalId,
  },
  {
    // Facebook Login: an Instagram account speaks through its page.
    fits: ({ credentials }) => credentials.pageId !== undefined || FACEBOOK_TOKEN.test(credentials.accessToken),
    host: ({ graphBaseUrl }) => graphBaseUrl,
    node: ({ credentials }) => credentials.pageId ?? 'me',
  },
  {
    // Instagram Login: it speaks for itself.
    fits: () => true,
    host: ({ instagramGraphBaseUrl }) => instagramGraphBaseUrl,
    node: ({ externalId }) => externalId,
  },
];

/** The address of an account's node, with the version in it and no slash at its end. */
export function nodeUrl(account: Account, settings: MetaSettings): string {
  const login = LOGINS.find(({ fits }) => fits(account)) as Login;
  return `${login.host(settings)}/${settings.apiVersion}/${encodeURIComponent(login.node(account))}`;
}
