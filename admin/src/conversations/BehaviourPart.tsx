import Box from '@mui/material/Box';
import { useLocale, useTranslate } from 'react-admin';
import { formatShare } from '../fields/amounts.ts';
import { useRead } from '../pages/use-read.ts';
import type { Conversation } from '../records.ts';
import { Part } from './Part.tsx';

interface Trait {
  kind: 'intent' | 'category' | 'brand' | 'buyer';
  value: string;
  count: number;
  confidence: number;
}

/** What the customer is after, and how sure that is; grows with their questions. */
export function BehaviourPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const { data } = useRead<{ turns: number; traits: Trait[] }>(`/api/contacts/${record.contactId}/behaviour`, {
    staleWith: 'messages',
  });
  if (!data) return null;
  return (
    <Part label="behaviour">
      {data.traits.length === 0 && translate('peyk.card.no_behaviour')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data.traits.map((trait) => (
          <li key={`${trait.kind} ${trait.value}`}>
            <TraitWords trait={trait} turns={data.turns} />
          </li>
        ))}
      </Box>
    </Part>
  );
}

function TraitWords({ trait, turns }: { trait: Trait; turns: number }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { kind, value, confidence } = trait;
  const isWord = kind === 'intent' || kind === 'buyer';
  const name = isWord ? translate(`peyk.${kind === 'buyer' ? 'trait' : 'intent'}.${value}`, { _: value }) : value;
  const sure = translate('peyk.trait.sure', { share: formatShare(confidence, 1, locale) });
  return (
    <span title={translate('peyk.trait.seen', { smart_count: trait.count, turns })}>
      {kind === 'category' || kind === 'brand' ? `${translate(`peyk.trait.${kind}`)}: ` : ''}
      <bdi>{name}</bdi> ({sure})
    </span>
  );
}
