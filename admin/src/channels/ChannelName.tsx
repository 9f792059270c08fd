import { useChannelLabel } from './use-channels.ts';

/** A channel's name in the person's language. */
export function ChannelName({ channel }: { channel: string }) {
  const labelOf = useChannelLabel();
  return <bdi>{labelOf(channel)}</bdi>;
}
