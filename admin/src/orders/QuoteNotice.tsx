import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';

interface Texts {
  fa: string;
  en: string;
}

/** What the server answers to a quotation. */
export interface Quote {
  lines: { productId: string; title: string; quantity: number; available: boolean | null; lineText: Texts | null }[];
  totalText: Texts | null;
  /** Names this price to the server. */
  quote: string;
}

/** What the order costs now, before it is placed. */
export function QuoteNotice({ quote }: { quote: Quote }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const language = locale === 'fa' ? 'fa' : 'en';
  const isComplete = quote.totalText !== null && quote.lines.every(({ available }) => available !== false);
  return (
    <Alert severity={isComplete ? 'info' : 'warning'}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {quote.lines.map((line) => (
          <li key={`${line.productId} ${line.title}`}>
            {formatNumber(line.quantity, locale)} × <bdi>{line.title}</bdi> ·{' '}
            <bdi>{line.lineText?.[language] ?? translate('peyk.order.no_price')}</bdi>
            {line.available === false && ` · ${translate('peyk.order.sold_out')}`}
          </li>
        ))}
      </Box>
      <strong>
        {quote.totalText
          ? translate('peyk.order.total', { total: quote.totalText[language] })
          : translate('peyk.order.draft')}
      </strong>
    </Alert>
  );
}
