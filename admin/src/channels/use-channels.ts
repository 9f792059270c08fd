import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'react-admin';
import type { ChannelListing } from '../../../src/channels/channel-rules.ts';
import { useOperator } from '../providers/use-operator.ts';

const NONE: ChannelListing[] = [];

/** The channels that the server knows, planned ones included. They change with a release only, and are asked for once. */
export function useChannels(): ChannelListing[] {
  const operator = useOperator();
  const { data = NONE } = useQuery({
    queryKey: ['channels'],
    queryFn: () => operator.read<ChannelListing[]>('/api/channels'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

/** Tells a channel's name in the person's language; one that the server does not know is called as it is stored. */
export function useChannelLabel(): (name: string) => string {
  const channels = useChannels();
  const locale = useLocale();
  return (name) => {
    const label = channels.find((channel) => channel.name === name)?.label;
    return label?.[locale === 'fa' ? 'fa' : 'en'] ?? name;
  };
}
