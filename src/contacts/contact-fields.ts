import { textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { CHANNELS } from '../platform/http/resources/record-parts.ts';

/** Filters by what `contactParts` shows, for resources that belong to a conversation. */
export const contactFields = {
  channel: wordField(CHANNELS, { path: ['conversation', 'channel'] }),
  contactId: uuidField({ path: ['conversation', 'contactId'] }),
  contactName: textField({ path: ['conversation', 'contact', 'name'] }),
  contactExternalId: textField({ path: ['conversation', 'contact', 'externalId'] }),
};

/** `q` finds the customer, by name and by id on the channel. */
export const contactSearch = [
  ['conversation', 'contact', 'name'],
  ['conversation', 'contact', 'externalId'],
] as const;
