import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Typography from '@mui/material/Typography';
import { LinkBase, useLocale, useTranslate } from 'react-admin';
import { formatMoment } from '../fields/moment.ts';
import { Section } from '../pages/Section.tsx';
import { toPlainNote } from '../providers/server-words.ts';
import { type Need, pathOfNeed } from './dashboard.ts';

/** Where the words for a note stand; a customer's own words stand nowhere. */
const WORDS: Readonly<Record<Need['kind'], ((note: string) => string) | null>> = {
  unknown_send: (note) => `peyk.reason.${note}`,
  ticket: (note) => `peyk.ticket_reason.${note}`,
  waiting: null,
  reconnect: toPlainNote,
  failing_account: toPlainNote,
};

/** Everything that waits for a person, the longest waiting first. */
export function NeedsList({ needs }: { needs: readonly Need[] }) {
  const translate = useTranslate();
  return (
    <Section title="dashboard.needs">
      {needs.length === 0 ? (
        <Typography color="text.secondary">{translate('peyk.empty.needs_title')}</Typography>
      ) : (
        <List disablePadding>
          {needs.map((need) => (
            <NeedItem key={`${need.kind}-${need.id}`} need={need} />
          ))}
        </List>
      )}
    </Section>
  );
}

function NeedItem({ need }: { need: Need }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const keyOf = WORDS[need.kind];
  const note = keyOf && need.note ? translate(keyOf(need.note), { _: need.note }) : need.note;
  return (
    <ListItem disablePadding divider>
      <ListItemButton component={LinkBase} to={pathOfNeed(need)}>
        <ListItemText
          primary={
            <>
              {translate(`peyk.need.${need.kind}`)}: <bdi>{need.name}</bdi>
            </>
          }
          secondary={
            <>
              <bdi dir="auto">{note}</bdi> · <time dateTime={need.since}>{formatMoment(need.since, locale)}</time>
            </>
          }
        />
      </ListItemButton>
    </ListItem>
  );
}
