import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link, useTranslate } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { Reading } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { useRead } from '../pages/use-read.ts';
import type { ProductAskings } from './product.ts';

/** Where customers asked for it, newest first, each with the way to the chat and to why the bot answered so. */
export function ProductAskingsPart({ productId }: { productId: string }) {
  const translate = useTranslate();
  const path = `/api/products/${encodeURIComponent(productId)}/askings`;
  const { data, isPending, error } = useRead<ProductAskings>(path, { staleWith: 'decisions' });
  return (
    <Section title="product.askings">
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data && (
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
          {data.total === 0
            ? translate('peyk.product.nobody_asked', { days: data.days })
            : translate('peyk.product.asked', { count: data.total, days: data.days })}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {data?.askings.map((asking) => (
          <Typography component="li" variant="body2" key={asking.decisionId}>
            <ConversationLink conversationId={asking.conversationId} name={asking.contactName} />
            {' · '}
            <bdi>{asking.words}</bdi> (<Word words="request_outcome" value={asking.outcome} />) ·{' '}
            <Moment at={asking.askedAt} /> ·{' '}
            <Link to={`/decisions/${asking.decisionId}/show`}>{translate('peyk.action.why')}</Link>
          </Typography>
        ))}
      </Box>
    </Section>
  );
}
