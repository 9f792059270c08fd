import type { Channel, ChannelDefinition, Channels } from './channel.ts';
import type { AccountCredentials } from './credentials.ts';
import { CHANNELS } from './index.ts';
import type { ChannelSettings } from './settings.ts';

/**
 * Makes the channels that are on.
 * @throws InvalidInputError when a channel's settings are there but not usable
 */
export function createChannels(
  settings: ChannelSettings,
  definitions: readonly ChannelDefinition[] = CHANNELS,
): Channels {
  const made = definitions.map(({ create }) => create(settings)).filter((channel): channel is Channel => !!channel);
  return new Map(made.map((channel) => [channel.name, channel]));
}

/** Credentials as the environment gives them: the same for every account of a channel. */
export function credentialsFromSettings(
  settings: ChannelSettings,
  definitions: readonly ChannelDefinition[] = CHANNELS,
): AccountCredentials {
  const byChannel = new Map<string, unknown[]>();
  for (const { descriptor, credentialsOf } of definitions) {
    const given = credentialsOf?.(settings) ?? null;
    byChannel.set(descriptor.name, given === null ? [] : [given]);
  }
  return {
    of: async (channel) => byChannel.get(channel)?.[0] ?? null,
    owned: async (channel) => (byChannel.get(channel) ?? []).map((credentials) => ({ businessId: null, credentials })),
  };
}
