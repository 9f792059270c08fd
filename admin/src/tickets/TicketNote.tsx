import { useTranslate } from 'react-admin';
import { CustomerText } from '../fields/CustomerText.tsx';
import { readOwnNote } from './ticket-note.ts';

/** A note on a ticket: the bot's in the reader's language, a person's as they wrote it. */
export function TicketNote({ note }: { note: string }) {
  const translate = useTranslate();
  const own = readOwnNote(note);
  return <CustomerText text={own ? translate(`peyk.ticket_note.${own.key}`, own.values) : note} />;
}
