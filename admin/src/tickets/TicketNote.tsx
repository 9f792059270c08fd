import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { CustomerText } from '../fields/CustomerText.tsx';
import { readOwnNote } from './ticket-note.ts';

/** A note on a ticket: the bot's in the reader's language and in full, a person's as they wrote it. */
export function TicketNote({ note }: { note: string }) {
  const translate = useTranslate();
  const own = readOwnNote(note);
  const wordsFor = (names: string): string =>
    names
      .split(' and ')
      .map((name) => translate(`peyk.attribute.${name}`, { _: name }))
      .join(' / ');
  if (!own) return <CustomerText text={note} />;
  const { reason, names } = own.values;
  const values = {
    ...own.values,
    ...(reason ? { reason: translate(`peyk.reason.${reason}`, { _: reason }) } : {}),
    ...(names ? { names: wordsFor(names) } : {}),
  };
  return (
    <Typography component="div" variant="body2" sx={{ maxWidth: 360, minWidth: 120 }}>
      {translate(`peyk.ticket_note.${own.key}`, values)}
    </Typography>
  );
}
