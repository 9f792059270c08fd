import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { HttpError, useLocation, useRedirect, useTranslate } from 'react-admin';
import { v7 as uuidv7 } from 'uuid';
import { messageOf } from '../layout/use-operator-action.ts';
import { Page } from '../pages/Page.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { Order } from '../records.ts';
import { ConversationPicker } from './ConversationPicker.tsx';
import { emptyLine, type Line, OrderLines, toItems } from './OrderLines.tsx';
import { type Quote, QuoteNotice } from './QuoteNotice.tsx';

interface Details {
  customerName: string;
  phone: string;
  address: string;
  note: string;
  notify: boolean;
}
const NOBODY: Details = { customerName: '', phone: '', address: '', note: '', notify: true };

/** Notes an order for a customer: shows what it costs first, and places it only then. */
export default function OrderCreate() {
  const translate = useTranslate();
  const operator = useOperator();
  const redirect = useRedirect();
  const given = new URLSearchParams(useLocation().search).get('conversation');
  // One form is one order, however often its button is pressed.
  const [id] = useState(() => uuidv7());
  const [conversationId, setConversationId] = useState(given);
  const [lines, setLines] = useState<Line[]>([emptyLine()]);
  const [details, setDetails] = useState(NOBODY);
  const [quote, setQuote] = useState<Quote | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const items = toItems(lines);

  async function run(work: () => Promise<void>) {
    setIsBusy(true);
    setFault(null);
    try {
      await work();
    } catch (error) {
      setFault(messageOf(error));
    } finally {
      setIsBusy(false);
    }
  }
  const showPrice = () => run(async () => setQuote(await operator.quoteOrder<Quote>(items)));
  const place = () =>
    run(async () => {
      const order = { id, conversationId, items, ...details, quote: quote?.quote };
      try {
        redirect('show', 'orders', (await operator.createOrder<Order>(order)).id);
      } catch (error) {
        // The price changed while it was looked at: the new one is shown, and has to be agreed to.
        if (error instanceof HttpError && error.status === 409) setQuote(await operator.quoteOrder<Quote>(items));
        throw error;
      }
    });

  function submit(event: FormEvent) {
    event.preventDefault();
    void (quote ? place() : showPrice());
  }

  const canAsk = items.length > 0 && conversationId !== null && !isBusy;
  return (
    <Page title="order.new_title" intro={translate('peyk.order.new_intro')} maxWidth={760}>
      <Card>
        <CardContent component="form" onSubmit={submit} sx={{ display: 'grid', gap: 2 }}>
          <ConversationPicker conversationId={conversationId} onChange={setConversationId} />
          <OrderLines
            lines={lines}
            onChange={(next) => {
              setLines(next);
              // What was quoted is not what would be ordered any more.
              setQuote(null);
            }}
          />
          <DetailFields details={details} onChange={setDetails} />
          {quote && <QuoteNotice quote={quote} />}
          {fault && <Alert severity="error">{translate(fault, { _: fault })}</Alert>}
          <MuiButton type="submit" variant="contained" disabled={!canAsk} sx={{ justifySelf: 'start' }}>
            {translate(quote ? 'peyk.action.order_place' : 'peyk.action.order_quote')}
          </MuiButton>
        </CardContent>
      </Card>
    </Page>
  );
}

function DetailFields({ details, onChange }: { details: Details; onChange: (details: Details) => void }) {
  const translate = useTranslate();
  const label = (name: string) => translate(`resources.orders.fields.${name}`);
  const change = (changes: Partial<Details>) => onChange({ ...details, ...changes });
  return (
    <>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { sm: '1fr 1fr' } }}>
        <TextField
          label={label('customerName')}
          value={details.customerName}
          onChange={(event) => change({ customerName: event.target.value })}
          margin="none"
          required
          slotProps={{ htmlInput: { maxLength: 120, dir: 'auto' } }}
        />
        <TextField
          type="tel"
          label={label('phone')}
          value={details.phone}
          onChange={(event) => change({ phone: event.target.value })}
          margin="none"
          slotProps={{ htmlInput: { maxLength: 40, dir: 'ltr' } }}
        />
      </Box>
      <TextField
        label={label('address')}
        value={details.address}
        onChange={(event) => change({ address: event.target.value })}
        margin="none"
        multiline
        slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
      />
      <TextField
        label={translate('peyk.order.note')}
        value={details.note}
        onChange={(event) => change({ note: event.target.value })}
        margin="none"
        multiline
        slotProps={{ htmlInput: { maxLength: 4000, dir: 'auto' } }}
      />
      <FormControlLabel
        control={<Checkbox checked={details.notify} onChange={(event) => change({ notify: event.target.checked })} />}
        label={translate('peyk.order.notify')}
      />
    </>
  );
}
