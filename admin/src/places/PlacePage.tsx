import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { LinkBase, useTranslate } from 'react-admin';
import { Page } from '../pages/Page.tsx';
import { NextSteps } from './NextSteps.tsx';
import { useOwnPlaces, type WaitingHere } from './use-places.ts';

interface PlacePageProps {
  place: string;
  /** What is to be done there beyond what everybody is told of. */
  more?: readonly WaitingHere[];
  /** What is told before the screens of the place. */
  children?: ReactNode;
}

/** The first page of a place that is no list: what is to be done, and a card for each of its screens. */
export function PlacePage({ place: name, more = [], children }: PlacePageProps) {
  const translate = useTranslate();
  const own = useOwnPlaces();
  const place = own.find((other) => other.name === name);
  const cards = [
    ...(place?.sections.slice(1) ?? []).map((section) => ({ ...section, words: `section.${section.name}` })),
    ...own
      .filter(({ within }) => within === name)
      .map(({ name: inner, sections: [first] }) => ({ ...first, name: inner, words: `place.${inner}` })),
  ];
  return (
    <Page title={`place.${name}`}>
      {children}
      <NextSteps place={name} more={more} />
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          p: 0,
          mt: 2,
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))',
        }}
      >
        {cards.map(({ to, name: card, words }) => (
          <Card key={to} component="li" variant="outlined">
            <CardActionArea component={LinkBase} to={to} sx={{ height: '100%', p: 2 }}>
              <Typography variant="subtitle1" component="h2" sx={{ fontWeight: 600 }}>
                {translate(`peyk.${words}`)}
              </Typography>
              <Typography variant="body2" color="text.secondary">
                {translate(`peyk.section_hint.${card}`)}
              </Typography>
            </CardActionArea>
          </Card>
        ))}
      </Box>
    </Page>
  );
}
