import { InvalidInputError } from '../platform/errors.ts';
import type { ChannelForm } from './channel.ts';
import { CHANNELS } from './index.ts';

/** What every channel makes of an answer, by name. */
export const CHANNEL_FORMS: ReadonlyMap<string, ChannelForm> = new Map(
  CHANNELS.map(({ descriptor }) => [descriptor.name, descriptor]),
);

/** Throws InvalidInputError for a channel that nobody has heard of. */
export function channelFormOf(name: string): ChannelForm {
  const form = CHANNEL_FORMS.get(name);
  if (!form) throw new InvalidInputError('There is no such channel.', { channel: 'There is no such channel.' });
  return form;
}

/** Names that a row's channel may have. */
export const CHANNEL_NAMES = [...CHANNEL_FORMS.keys()] as [string, ...string[]];
