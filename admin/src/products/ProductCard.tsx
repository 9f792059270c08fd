import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { EditButton, useLocale, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import type { Product } from './product.ts';

const PICTURE_HEIGHT = 160;

function Picture({ product }: { product: Product }) {
  const translate = useTranslate();
  const sx = { height: PICTURE_HEIGHT, width: '100%', bgcolor: 'action.hover' };
  if (!product.imageUrl)
    return (
      <Stack sx={{ ...sx, alignItems: 'center', justifyContent: 'center', color: 'text.secondary' }}>
        {translate('peyk.catalog.no_picture')}
      </Stack>
    );
  return <Box component="img" src={product.imageUrl} alt="" loading="lazy" sx={{ ...sx, objectFit: 'contain' }} />;
}

function Price({ product }: { product: Product }) {
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

/** One product of the grid: what a customer would be told, and how fresh it is. */
export function ProductCard({ product }: { product: Product }) {
  const translate = useTranslate();
  const stock = product.available ? 'available' : 'not_available';
  return (
    <Card variant="outlined" sx={{ display: 'flex', flexDirection: 'column' }}>
      <Picture product={product} />
      <CardContent sx={{ flexGrow: 1, display: 'flex', flexDirection: 'column', gap: 1 }}>
        <Typography component="h2" variant="subtitle1" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
          {product.title || product.url}
        </Typography>
        {product.brand && (
          <Typography variant="body2" color="text.secondary">
            <bdi>{product.brand}</bdi>
          </Typography>
        )}
        <Price product={product} />
        <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.5 }}>
          {product.available !== null && (
            <Chip
              size="small"
              variant="outlined"
              color={product.available ? 'success' : 'default'}
              label={translate(`peyk.catalog.${stock}`)}
            />
          )}
          {product.syncState !== 'live' && (
            <Chip
              size="small"
              variant="outlined"
              color="warning"
              label={translate(`peyk.sync_state.${product.syncState}`)}
            />
          )}
        </Stack>
        <Typography variant="caption" color="text.secondary" sx={{ mt: 'auto' }}>
          <Word words="product_source" value={product.source} />
          {' · '}
          <Moment at={product.syncedAt} />
        </Typography>
        <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center' }}>
          {product.url && (
            <Link href={product.url} target="_blank" rel="noopener noreferrer" variant="body2">
              {translate('peyk.catalog.open_page')}
            </Link>
          )}
          {product.source === 'manual' && <EditButton record={product} />}
        </Stack>
      </CardContent>
    </Card>
  );
}
