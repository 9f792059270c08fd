import { z } from 'zod';

/** Parts that records share. Times leave as ISO 8601 in UTC. */
export const id = z.uuid();
export const nullableId = z.uuid().nullable();
export const time = z.iso.datetime();
export const nullableTime = z.iso.datetime().nullable();

/** Text that every store can hold: PostgreSQL knows no NUL, UTF-8 no half of a letter. */
const isPlain = (value: string): boolean => !value.includes('\0') && value.isWellFormed();
/** A text as it was written, with the space around it. */
export const wholeText = (max: number) => z.string().max(max).refine(isPlain, 'Must be plain text.');
export const optionalText = (max: number) => z.string().trim().max(max).refine(isPlain, 'Must be plain text.');
/** Words of a person: trimmed and not empty. */
export const plainText = (max: number) => optionalText(max).min(1);

export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}

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
