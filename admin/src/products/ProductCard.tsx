import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { EditButton, Link as PanelLink, useCreatePath, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { Price, Stock, SyncState } from './ProductFacts.tsx';
import { Picture } from './ProductPictures.tsx';
import type { Product } from './product.ts';

const PICTURE_HEIGHT = 160;

/** One product of the grid: what a customer would be told, and how fresh it is. */
export function ProductCard({ product }: { product: Product }) {
  const translate = useTranslate();
  const createPath = useCreatePath();
  return (
    <Card variant="outlined" sx={{ display: 'flex', flexDirection: 'column' }}>
      <Picture at={product.imageUrl} height={PICTURE_HEIGHT} />
      <CardContent sx={{ flexGrow: 1, display: 'flex', flexDirection: 'column', gap: 1 }}>
        <Typography component="h2" variant="subtitle1" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
          <PanelLink
            to={createPath({ resource: 'products', type: 'show', id: product.id })}
            color="inherit"
            underline="hover"
          >
            {product.title || product.url}
          </PanelLink>
        </Typography>
        {product.brand && (
          <Typography variant="body2" color="text.secondary">
            <bdi>{product.brand}</bdi>
          </Typography>
        )}
        <Price product={product} />
        <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.5 }}>
          <Stock available={product.available} />
          <SyncState product={product} />
        </Stack>
        <Typography variant="caption" color="text.secondary" sx={{ mt: 'auto' }}>
          <Word words="product_source" value={product.source} />
          {' · '}
          <Moment at={product.syncedAt} />
        </Typography>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
          {product.url && (
            <Link href={product.url} target="_blank" rel="noopener noreferrer" variant="body2">
              {translate('peyk.catalog.open_page')}
            </Link>
          )}
          {product.source === 'manual' && <EditButton record={product} />}
        </Box>
      </CardContent>
    </Card>
  );
}
