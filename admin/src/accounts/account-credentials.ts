/** What an account of each channel is connected with: field, and whether it must be there when it is new. */
export const CREDENTIAL_FIELDS = {
  directam: [
    { name: 'baseUrl', isSecret: false },
    { name: 'apiKey', isSecret: true },
    { name: 'webhookSecret', isSecret: true },
  ],
  instagram: [
    { name: 'accessToken', isSecret: true },
    { name: 'pageId', isSecret: false },
  ],
  messenger: [
    { name: 'accessToken', isSecret: true },
    { name: 'pageId', isSecret: false },
  ],
  sms: [
    { name: 'accountSid', isSecret: false },
    { name: 'authToken', isSecret: true },
    { name: 'phoneNumber', isSecret: false },
    { name: 'messagingServiceSid', isSecret: false },
    { name: 'apiBaseUrl', isSecret: false },
  ],
} as const satisfies Record<string, readonly { name: string; isSecret: boolean }[]>;

export type ConnectableChannel = keyof typeof CREDENTIAL_FIELDS;

export const isConnectable = (channel: unknown): channel is ConnectableChannel =>
  typeof channel === 'string' && Object.hasOwn(CREDENTIAL_FIELDS, channel);

type FormRecord = Record<string, unknown> & { credentials?: Record<string, unknown> };

/**
 * What of the form is sent. Empty fields are not; with none at all the credentials stay as they are. Fields of a channel
 * that was chosen before are left out.
 */
export function toAccountRequest({ credentials, ...account }: FormRecord): FormRecord {
  const { channel } = account;
  if (!isConnectable(channel)) return account;
  const names: readonly { name: string }[] = CREDENTIAL_FIELDS[channel];
  const given = names.flatMap(({ name }) => {
    const value = credentials?.[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
  });
  if (given.length === 0) return account;
  const provider = channel === 'sms' ? { provider: 'twilio' } : {};
  return { ...account, credentials: { ...provider, ...Object.fromEntries(given) } };
}
