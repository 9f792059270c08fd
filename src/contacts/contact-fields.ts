import { z } from 'zod';
import { CHANNEL_NAMES } from '../channels/channel-forms.ts';
import { textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id } from '../platform/http/resources/record-parts.ts';

/** The columns of a contact that name it. */
export const nameOfContact = { select: { name: true, externalId: true } } as const;

/** What is read of the conversation that something belongs to. */
export const ofConversation = { select: { channel: true, contactId: true, contact: nameOfContact } } as const;

interface OfConversation {
  conversation: { channel: string; contactId: string; contact: { name: string; externalId: string } };
}

/** Whose it is: shown beside everything that belongs to a conversation. */
export const contactParts = {
  channel: z.string(),
  contactId: id,
  contactName: z.string(),
  contactExternalId: z.string(),
};

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

/** A customer as people call them: by name, else by their id on the channel. */
export function contactSubject({ name, externalId }: { name: string; externalId: string }): string {
  return name || externalId;
}

/** The customer whose conversation something belongs to. */
export function customerSubject({ conversation }: OfConversation): string {
  return contactSubject(conversation.contact);
}

export function presentContact({ conversation }: OfConversation) {
  const { channel, contactId, contact } = conversation;
  return { channel, contactId, contactName: contact.name, contactExternalId: contact.externalId };
}
