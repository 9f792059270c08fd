/** Sentences of the server that people meet in daily work, and our words for them in the reader's language. */
const KNOWN: readonly (readonly [said: RegExp, key: string])[] = [
  [/^Somebody changed this in the meantime/, 'changed_meanwhile'],
  [/^It has been settled in the meantime/, 'settled_meanwhile'],
  [/^It is being sent again already/, 'sent_meanwhile'],
  [/^Only a message that did not arrive can be sent again/, 'not_resendable'],
  [/^Only a pending (follow-up|timer) can be changed/, 'no_longer_pending'],
  [/^The time (is past|must be in the future)/, 'time_in_past'],
  [/^The time must be before the messaging window closes/, 'time_behind_window'],
  [/^The channel \S+ is switched off/, 'channel_off'],
  [/^The workflow engine cannot be reached/, 'engine_away'],
  [/^The conversation refuses this now/, 'conflict'],
  [/^The last active admin must stay/, 'last_admin'],
  [/^Another record has this value, or refers to this one/, 'duplicate'],
  [/^A customer can only change their own messages/, 'no_own_message'],
  [/^This message was taken back/, 'message_unsent'],
  [/^This message has no id on the channel/, 'message_unnamed'],
  [/^The conversation did not answer in time/, 'conversation_slow'],
  [/^Temporal cannot be reached/, 'engine_away'],
  [/^A sync of this business is under way/, 'sync_under_way'],
  [/^(No sync of this business|Only a run that) is under way/, 'sync_over'],
  [/^The catalog is off/, 'catalog_off'],
  [/^(A product is not in the catalog|There is no such product)/, 'no_product'],
  [/^The phone number cannot be/, 'no_phone'],
  [/^The price has changed/, 'price_changed'],
  [/^(An order that is \S+ cannot become|The order was changed)/, 'order_moved'],
  [/^The file must not be larger than 25 MiB/, 'file_too_large'],
  [/^This type of file is not taken/, 'file_type'],
  [/^The picture cannot be read/, 'picture_unreadable'],
  [/^The picture has too many pixels/, 'picture_too_large'],
  [/^The files of this business take all the room/, 'files_full'],
  [/^The database has no room left/, 'disk_full'],
  [/^The provider could not fetch the file/, 'no_public_address'],
  [/^The message is too long/, 'message_too_long'],
  [/^There is no such upload/, 'upload_gone'],
  [/^This channel cannot carry/, 'kind_not_carried'],
  [/^The first row must name the columns/, 'table_columns'],
  [/^This kind of file is not read/, 'table_kind'],
  [/^(The workbook cannot be read|The file is no CSV table)/, 'table_unreadable'],
  [/^(The workbook is too large|The file is too much at once|The file must not be larger)/, 'table_too_large'],
  [/^No answer of that time is recorded/, 'nothing_recorded'],
  [/^This re-run has ended/, 'rerun_over'],
  [/^This names no post/, 'no_post'],
  [/^You cannot delete yourself/, 'not_yourself'],
  [/^Your own password is changed under your name/, 'own_password'],
  [/^The password is wrong/, 'password_wrong'],
  [/^Too easy to guess/, 'password_easy'],
  [/^Must be another than the present one/, 'password_same'],
  [/^At least 12 characters/, 'password_short'],
  [/^This account cannot be connected here/, 'account_taken'],
  [/^The settings do not fit together: aiKey\.$/, 'provider_key'],
  [/^The (settings do not fit together|body is not valid):/, 'form_wrong'],
];

/** What the server says beside a field. What holds a hint of its own, like an example, stays as it is. */
const OF_FIELDS: readonly (readonly [said: RegExp, key: string])[] = [
  [/received undefined$|^Must not be null/, 'field_missing'],
  [/^Too small: expected string/, 'field_too_short'],
  [/^Too small/, 'field_too_small'],
  [/^Too big: expected string/, 'field_too_long'],
  [/^Too big/, 'field_too_large'],
  [/^(Invalid option|Must be one of)/, 'field_choice'],
  [/^Must (be plain text|not hold a NUL)/, 'field_plain_text'],
  [/^(Must lie in the future|The time (is past|must be in the future))/, 'time_in_past'],
  [/^There is (no such|nothing of that name|no active user)/, 'field_unknown'],
  [/^Must be a phone number/, 'no_phone'],
  [/^This provider needs a key/, 'provider_key'],
  [/^The installation names no address of such a provider/, 'provider_off'],
  [/^The password is wrong/, 'password_wrong'],
  [/^Too easy to guess/, 'password_easy'],
  [/^Must be another than the present one/, 'password_same'],
  [/^At least 12 characters/, 'password_short'],
  [/^Quiet hours need a beginning and an end/, 'quiet_both'],
  [/^Must be after the beginning/, 'hours_order'],
  [/^Must be a time like/, 'field_time'],
  [/^Must be a web address/, 'field_address'],
  [/^Must hold no name and password/, 'field_address_login'],
  [/^Printable characters without spaces/, 'field_key'],
  [/^(Invalid|Must be an? (id|version))/, 'field_wrong'],
];

/** Why an account is as it is, as the last look at it said. */
const OF_ACCOUNTS: readonly (readonly [said: RegExp, key: string])[] = [
  [/^The account was removed/, 'removed'],
  [/^The account has no credentials/, 'no_credentials'],
  [/^The credentials are stored; this channel is not/, 'channel_off'],
  [/^The address of \w+ is missing/, 'no_address'],
  [/^The address cannot be reached/, 'unreachable'],
  [/^This address may not be asked/, 'forbidden_address'],
  [/^\w+ refuses the key/, 'key_refused'],
  [/^\w+ has trouble of its own/, 'provider_down'],
  [/^The channel refuses the token/, 'token_refused'],
  [/^The channel cannot verify the link/, 'link_unverified'],
  [/^The app lacks a permission/, 'permission_missing'],
  [/^The channel has restricted the account/, 'account_restricted'],
  [/^The owner has switched off messages/, 'messages_switched_off'],
  [/^The page is not linked/, 'page_not_linked'],
  [/^An admin of the page must accept/, 'terms_not_accepted'],
  [/^The provider refuses the API key/, 'api_key_refused'],
  [/^The provider refuses the sender/, 'sender_refused'],
  [/^The provider lets a trial account/, 'trial_account'],
  [/^No provider answers at the address/, 'wrong_address'],
  [/^The provider does not know this server/, 'server_not_listed'],
  [/^Nothing can be sent: the account has no address/, 'not_set_up'],
  [/^The channel is switched off on this server/, 'channel_is_off'],
  [/^The provider does not answer\. Messages wait/, 'no_answer'],
  [/^The provider refused the last messages/, 'refuses_everybody'],
];

/** Why a delivery could not be read, as the channels and the sorting say. */
const OF_DELIVERIES: readonly (readonly [said: RegExp, key: string])[] = [
  [/^unknown_account/, 'unknown_account'],
  [/^The body is not valid JSON/, 'no_json'],
  [/^The (body must be|item is not) an? (JSON )?object/, 'no_object'],
  [/^The body is nested too deeply/, 'too_deep'],
  [/^The body holds more than/, 'too_many_items'],
  [/^The sender is missing/, 'no_sender'],
  [/^The receiver is missing/, 'no_receiver'],
  [/^The sender is the receiver/, 'same_parties'],
  [/^One item names more than one account/, 'many_accounts'],
  [/^The account is missing/, 'no_account'],
  [/^The (entry holds no update|change holds nothing)/, 'no_update'],
  [/^The message that was taken back is not named/, 'no_message'],
];

/** What a status means by itself. Others keep the sentence of the server: it knows better what was wrong. */
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  413: 'too_large',
  422: 'refused',
  429: 'too_many',
};

/** The translation key for what the server said, or its own sentence where we have no better words. */
export function toPlainWords(status: number, said: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(said))?.[1] ?? BY_STATUS[status];
  if (known !== undefined) return `peyk.errors.${known}`;
  // Behind a proxy a 5xx may be a page of HTML; a 502 of ours is what the provider said.
  if (status >= 500 && status !== 502) return 'peyk.errors.unavailable';
  return said;
}

/** The same for what it said of single fields, which forms show beside them; anything else than texts is left as it is. */
export function toPlainFields(errors: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain = (said: unknown) => {
    const key = typeof said === 'string' && OF_FIELDS.find(([pattern]) => pattern.test(said))?.[1];
    return key ? `peyk.errors.${key}` : said;
  };
  return Object.fromEntries(Object.entries(errors).map(([field, said]) => [field, plain(said)]));
}

const keyOf = (rules: readonly (readonly [said: RegExp, key: string])[], said: string) =>
  rules.find(([pattern]) => pattern.test(said))?.[1];

/** The translation key for the note of an account, or the note itself. */
export function toPlainNote(said: string): string {
  const key = keyOf(OF_ACCOUNTS, said);
  return key ? `peyk.account_note.${key}` : said;
}

/** The same for each reason that a delivery was put aside for: it may hold several items. */
export function toPlainReasons(said: string): string[] {
  const keys = said.split('; ').map((reason) => {
    const key = keyOf(OF_DELIVERIES, reason);
    return key ? `peyk.delivery_reason.${key}` : reason;
  });
  return [...new Set(keys)];
}
