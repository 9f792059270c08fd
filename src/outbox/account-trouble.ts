/** What keeps an account from sending at all, whoever is written to. Pure. */
export interface AccountTrouble {
  /** `needs_reconnect` holds everything back until a person connects it again; what is `failing` goes on being tried. */
  status: 'failing' | 'needs_reconnect';
  /** For people: what is wrong, and what to do. */
  note: string;
}

const failing = (note: string): AccountTrouble => ({ status: 'failing', note });

/**
 * Reasons of refusals that are about the account and not about one message. A key from the environment does not make an account
 * `needs_reconnect`: it is mended by a restart, which no gate would notice.
 */
const REFUSALS: Readonly<Record<string, AccountTrouble>> = {
  token_expired: { status: 'needs_reconnect', note: 'The channel refuses the token. Connect the account again.' },
  link_unverified: {
    status: 'needs_reconnect',
    note: 'The channel cannot verify the link between account and page. Connect the account again.',
  },
  permission_missing: failing('The app lacks a permission to send. Grant it in the dashboard of the channel.'),
  account_restricted: failing('The channel has restricted the account for a time. Look at its notices there.'),
  messages_switched_off: failing(
    'The owner has switched off messages for apps. Allow them in the settings of the channel.',
  ),
  page_not_linked: failing('The page is not linked to the account. Link them in the settings of the channel.'),
  terms_not_accepted: failing('An admin of the page must accept the terms of the channel first.'),
  bad_api_key: failing('The provider refuses the API key. Enter the right one.'),
  wrong_base_url: failing('No provider answers at the address. Correct it.'),
  bad_sender: failing('The provider refuses the sender. Correct the number or the messaging service.'),
  trial_account: failing(
    'The provider lets a trial account write to confirmed numbers only. Upgrade the account there.',
  ),
  not_whitelisted: failing("The provider does not know this server. Add the server's address in the provider's panel."),
  not_configured: failing('Nothing can be sent: the account has no address of the provider, or no usable credentials.'),
  channel_is_off: failing('The channel is switched off on this server.'),
};

/** What shows only after some time. */
const TROUBLES = {
  no_answer: failing('The provider does not answer. Messages wait and are sent once it does.'),
  refuses_everybody: failing(
    'The provider refused the last messages to several customers. Look at the reasons under outbound messages.',
  ),
} as const;

/** What a refusal says of the account; null when it is about the one message. */
export function troubleOfRefusal(reason: string): AccountTrouble | null {
  return Object.hasOwn(REFUSALS, reason) ? (REFUSALS[reason] as AccountTrouble) : null;
}

export function troubleOf(kind: keyof typeof TROUBLES): AccountTrouble {
  return TROUBLES[kind];
}

/** Every note, so that the panel has words for each. */
export const ACCOUNT_NOTES: readonly string[] = [...Object.values(REFUSALS), ...Object.values(TROUBLES)].map(
  ({ note }) => note,
);
