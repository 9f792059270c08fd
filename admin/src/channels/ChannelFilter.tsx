import { SelectInput, type SelectInputProps } from 'react-admin';
import { useChannelLabel, useChannels } from './use-channels.ts';

/** Narrows a list to one channel. */
export function ChannelFilter(props: SelectInputProps) {
  const labelOf = useChannelLabel();
  const choices = useChannels().map(({ name }) => ({ id: name, name: labelOf(name) }));
  return <SelectInput {...props} choices={choices} translateChoice={false} />;
}

export const CHANNEL_FILTER = <ChannelFilter key="channel" source="channel" />;
