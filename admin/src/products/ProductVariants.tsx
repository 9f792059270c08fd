import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { Section } from '../pages/Section.tsx';
import { Stock } from './ProductFacts.tsx';
import type { Product } from './product.ts';

/** The ways in which a product can be bought: colours, sizes. */
export function ProductVariants({ product: { variants, currency } }: { product: Product }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const unit = translate(`peyk.currency.${currency}`);
  return (
    <Section title="product.variants">
      <TableContainer>
        <Table size="small">
          <TableHead>
            <TableRow>
              {['variant', 'sku', 'price', 'stock'].map((name) => (
                <TableCell key={name}>{translate(`peyk.product.${name}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {variants.map(({ id, title, sku, price, available }) => (
              <TableRow key={id}>
                <TableCell component="th" scope="row" dir="auto">
                  {title || '—'}
                </TableCell>
                <TableCell>
                  <bdi>{sku || '—'}</bdi>
                </TableCell>
                <TableCell>
                  {price === null ? '—' : <bdi>{`${formatNumber(Number(price), locale)} ${unit}`}</bdi>}
                </TableCell>
                <TableCell>
                  <Stock available={available} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Section>
  );
}
