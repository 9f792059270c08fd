import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useGetList, useLocale, useTranslate } from 'react-admin';
import { v7 as uuidv7 } from 'uuid';
import type { Product } from '../products/product.ts';
import { kindsOf, type OrderOption } from './kinds.ts';

export interface Line {
  key: string;
  product: Product | null;
  /** Its size and colour; null while none is chosen. */
  options: OrderOption[] | null;
  quantity: string;
}

const MAX_LINES = 10;
const MAX_QUANTITY = 100;

export const emptyLine = (): Line => ({ key: uuidv7(), product: null, options: null, quantity: '1' });

/** What of it can be ordered. */
export function toItems(lines: readonly Line[]): { productId: string; quantity: number; options?: OrderOption[] }[] {
  return lines.flatMap(({ product, options, quantity }) => {
    const count = Number(quantity);
    if (!product || !Number.isInteger(count) || count < 1) return [];
    // What comes in several sizes or colours cannot be sent without them.
    if (options === null && kindsOf(product).length > 0) return [];
    return [{ productId: product.id, quantity: count, ...(options ? { options } : {}) }];
  });
}

export function OrderLines({ lines, onChange }: { lines: Line[]; onChange: (lines: Line[]) => void }) {
  const translate = useTranslate();
  const change = (line: Line) => onChange(lines.map((other) => (other.key === line.key ? line : other)));
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {lines.map((line) => (
        <Box
          key={line.key}
          sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: '1fr 90px', sm: '1fr 100px auto' } }}
        >
          <Box sx={{ display: 'grid', gap: 1 }}>
            <ProductPicker product={line.product} onChange={(product) => change({ ...line, product, options: null })} />
            {line.product && kindsOf(line.product).length > 0 && (
              <KindPicker
                product={line.product}
                options={line.options}
                onChange={(options) => change({ ...line, options })}
              />
            )}
          </Box>
          <TextField
            type="number"
            label={translate('peyk.order.quantity')}
            value={line.quantity}
            onChange={(event) => change({ ...line, quantity: event.target.value })}
            margin="none"
            required
            slotProps={{ htmlInput: { min: 1, max: MAX_QUANTITY } }}
          />
          {lines.length > 1 && (
            <MuiButton onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}>
              {translate('peyk.action.order_remove_line')}
            </MuiButton>
          )}
        </Box>
      ))}
      {lines.length < MAX_LINES && (
        <MuiButton onClick={() => onChange([...lines, emptyLine()])} sx={{ justifySelf: 'start' }}>
          {translate('peyk.action.order_add_line')}
        </MuiButton>
      )}
    </Box>
  );
}

/** The sizes and colours of a product, one to choose. */
function KindPicker({
  product,
  options,
  onChange,
}: {
  product: Product;
  options: OrderOption[] | null;
  onChange: (options: OrderOption[]) => void;
}) {
  const translate = useTranslate();
  const kinds = kindsOf(product);
  const chosen = kinds.findIndex((kind) => JSON.stringify(kind.options) === JSON.stringify(options));
  return (
    <TextField
      select
      label={translate('peyk.order.kind')}
      value={chosen < 0 ? '' : String(chosen)}
      onChange={({ target }) => {
        const kind = kinds[Number(target.value)];
        if (kind) onChange(kind.options);
      }}
      margin="none"
      required
    >
      {kinds.map(({ title, available }, index) => (
        <MenuItem key={title} value={String(index)}>
          <bdi>{title}</bdi>
          {available === false && ` · ${translate('peyk.order.sold_out')}`}
        </MenuItem>
      ))}
    </TextField>
  );
}

function ProductPicker({
  product,
  onChange,
}: {
  product: Product | null;
  onChange: (product: Product | null) => void;
}) {
  const translate = useTranslate();
  const language = useLocale() === 'fa' ? 'fa' : 'en';
  const [q, setQ] = useState('');
  const { data = [], isFetching } = useGetList<Product>('products', {
    filter: { removedAt: null, ...(q === '' ? {} : { q }) },
    pagination: { page: 1, perPage: 20 },
    sort: { field: 'title', order: 'ASC' },
  });
  return (
    <Autocomplete
      options={data}
      value={product}
      loading={isFetching}
      getOptionLabel={({ title }) => title}
      getOptionKey={(row) => row.id}
      isOptionEqualToValue={(row, value) => row.id === value.id}
      filterOptions={(rows) => rows}
      onInputChange={(_event, typed, reason) => reason === 'input' && setQ(typed)}
      onChange={(_event, row) => onChange(row)}
      renderOption={({ key, ...props }, row) => (
        <Box component="li" key={key} {...props} sx={{ display: 'block', overflowWrap: 'anywhere' }}>
          <bdi>{row.title}</bdi> · <bdi>{row.priceText?.[language] ?? translate('peyk.order.no_price')}</bdi>
          {row.available === false && ` · ${translate('peyk.order.sold_out')}`}
        </Box>
      )}
      renderInput={(params) => <TextField {...params} label={translate('peyk.order.product')} margin="none" required />}
    />
  );
}
