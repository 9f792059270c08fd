import type { ChannelListing, CredentialField } from '../../../src/channels/channel-rules.ts';

type Given = Record<string, unknown> | null | undefined;
type FormRecord = Record<string, unknown> & { credentials?: Given };

/** A channel that asks for nothing is reached from inside only, or not built yet. */
export const isConnectable = ({ credentialFields }: ChannelListing): boolean => credentialFields.length > 0;

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/**
 * What of the form is sent. Empty fields are not; with none at all the credentials stay as they are. Fields of a channel
 * that was chosen before are left out.
 */
export function toAccountRequest(
  { credentials, ...account }: FormRecord,
  channels: readonly ChannelListing[],
): FormRecord {
  const fields = channels.find(({ name }) => name === account.channel)?.credentialFields ?? [];
  const given = fields.flatMap(({ name }) => {
    const value = credentials?.[name];
    return isFilled(value) ? [[name, value.trim()]] : [];
  });
  return given.length === 0 ? account : { ...account, credentials: Object.fromEntries(given) };
}

/** New credentials replace the stored ones as a whole: where one is given, or none may be missing, the others must be there. */
export function isFieldMissing(
  { name, isRequired }: CredentialField,
  credentials: Given,
  mayBeEmpty: boolean,
  fields: readonly CredentialField[],
): boolean {
  if (!isRequired || isFilled(credentials?.[name])) return false;
  return !mayBeEmpty || fields.some((field) => isFilled(credentials?.[field.name]));
}

interface Stored {
  name: string;
  status: string;
}

/** Of an account that is there: only what was changed, so that new credentials may end the state they are entered for. */
export function toAccountChanges(form: FormRecord, stored: Stored, channels: readonly ChannelListing[]): FormRecord {
  const { name, status, credentials } = toAccountRequest(form, channels);
  return {
    ...((name ?? '') === stored.name ? {} : { name: name ?? '' }),
    ...(status === stored.status ? {} : { status }),
    ...(credentials ? { credentials } : {}),
  };
}
