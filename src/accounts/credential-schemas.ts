import type { z } from 'zod';
import type { ChannelDefinition } from '../channels/channel.ts';
import { CHANNELS } from '../channels/index.ts';

/** What an account of each channel is connected with. */
export const CREDENTIALS_BY_CHANNEL: ReadonlyMap<string, z.ZodType> = new Map(
  CHANNELS.flatMap(({ descriptor: { name, credentials } }) =>
    credentials ? [[name, credentials.schema] as const] : [],
  ),
);

export const CONNECTABLE_CHANNELS = [...CREDENTIALS_BY_CHANNEL.keys()] as [string, ...string[]];

const withSharedKeys = new Set(
  CHANNELS.filter(
    ({ credentialsOf, settingsAreOfOneAccount }: ChannelDefinition) => credentialsOf && !settingsAreOfOneAccount,
  ).map(({ descriptor }) => descriptor.name),
);

/** Whether an account of the channel may be without its own: the installation's settings can stand in. */
export const mayShareKeys = (channel: string): boolean => withSharedKeys.has(channel);
