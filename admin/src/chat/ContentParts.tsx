import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { Card, OutboundContent } from '../../../src/text/message.ts';

/** What the customer sees below the text: buttons, quick replies, cards. They do nothing here. */
export function ContentParts({ content }: { content: OutboundContent | null }) {
  if (!content) return null;
  if (content.kind === 'buttons') return <Titles titles={content.buttons.map(({ title }) => title)} />;
  if (content.kind === 'quick_replies') return <Titles titles={content.quickReplies.map(({ title }) => title)} />;
  if (content.kind === 'cards') return <Cards cards={content.cards} />;
  return null;
}

function Titles({ titles }: { titles: readonly string[] }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5 }}>
      {titles.map((title) => (
        <Chip key={title} size="small" variant="outlined" label={<bdi>{title}</bdi>} />
      ))}
    </Box>
  );
}

function Cards({ cards }: { cards: readonly Card[] }) {
  return (
    <Box sx={{ display: 'flex', gap: 1, overflowX: 'auto', mt: 0.5, pb: 0.5 }} tabIndex={0} role="group">
      {cards.map((card) => (
        <Box
          key={card.title}
          sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1, minWidth: 140, maxWidth: 200 }}
        >
          <Typography variant="body2" dir="auto" sx={{ fontWeight: 600 }}>
            {card.title}
          </Typography>
          <Typography variant="caption" dir="auto" component="p" color="text.secondary" sx={{ m: 0 }}>
            {card.subtitle}
          </Typography>
          <Titles titles={(card.buttons ?? []).map(({ title }) => title)} />
        </Box>
      ))}
    </Box>
  );
}
