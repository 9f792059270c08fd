import { CHANNEL_NAMES } from '../channels/channel-forms.ts';
import { textField, uuidField, wordField } from '../platform/http/resources/field.ts';

/** Filters by what `contactParts` shows, for resources that belong to a conversation. */
export const contactFields = {
  channel: wordField(CHANNEL_NAMES, { path: ['conversation', 'channel'] }),
  contactId: uuidField({ path: ['conversation', 'contactId'] }),
  contactName: textField({ path: ['conversation', 'contact', 'name'] }),
  contactExternalId: textField({ path: ['conversation', 'contact', 'externalId'] }),
};

/** `q` finds the customer, by name and by id on the channel. */
export const contactSearch = [
  ['conversation', 'contact', 'name'],
  ['conversation', 'contact', 'externalId'],
] as const;
