import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import type { Product } from './product.ts';

interface ProductProps {
  product: Product;
}

/** What a customer would be told of the price. */
export function Price({ product }: ProductProps) {
  const translate = useTranslate();
  const language = useLocale() === 'fa' ? 'fa' : 'en';
  return (
    <Typography component="div" sx={{ fontWeight: 600 }}>
      <bdi>{product.priceText?.[language] ?? translate('peyk.catalog.no_price')}</bdi>
      {product.oldPriceText && (
        <Typography component="s" variant="body2" color="text.secondary" sx={{ mx: 1 }}>
          <bdi>{product.oldPriceText[language]}</bdi>
        </Typography>
      )}
    </Typography>
  );
}

/** Whether it can be bought; nothing where the shop does not say. */
export function Stock({ available }: { available: boolean | null }) {
  const translate = useTranslate();
  if (available === null) return null;
  return (
    <Chip
      size="small"
      variant="outlined"
      color={available ? 'success' : 'default'}
      label={translate(`peyk.catalog.${available ? 'available' : 'not_available'}`)}
    />
  );
}

/** Says so when its source does not name it any more. */
export function SyncState({ product: { syncState } }: ProductProps) {
  const translate = useTranslate();
  if (syncState === 'live') return null;
  return <Chip size="small" variant="outlined" color="warning" label={translate(`peyk.sync_state.${syncState}`)} />;
}
