import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
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

/** `imageShownAt`: our own address of the picture. */
type ShownCard = Card & { imageShownAt?: string };

function Cards({ cards }: { cards: readonly ShownCard[] }) {
  return (
    <Box sx={{ display: 'flex', gap: 1, overflowX: 'auto', mt: 0.5, pb: 0.5 }} tabIndex={0} role="group">
      {cards.map((card) => (
        <Box
          key={card.title}
          sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1, minWidth: 140, maxWidth: 200 }}
        >
          {card.imageShownAt && <CardPicture src={card.imageShownAt} />}
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

/** What it shows stands below it. One that does not come leaves its room to the words. */
function CardPicture({ src }: { src: string }) {
  const [isGone, setIsGone] = useState(false);
  if (isGone) return null;
  return (
    <Box
      component="img"
      src={src}
      alt=""
      loading="lazy"
      onError={() => setIsGone(true)}
      sx={{ display: 'block', width: '100%', height: 110, objectFit: 'contain', bgcolor: 'action.hover', mb: 0.5 }}
    />
  );
}
