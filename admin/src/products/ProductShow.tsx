import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import {
  EditButton,
  Link,
  ShowBase,
  useCanAccess,
  useGetMany,
  useLocale,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { Page } from '../pages/Page.tsx';
import { Line, Section } from '../pages/Section.tsx';
import { ProductAskingsPart } from './ProductAskingsPart.tsx';
import { ProductAttributes } from './ProductAttributes.tsx';
import { Price, Stock, SyncState } from './ProductFacts.tsx';
import { ProductPictures } from './ProductPictures.tsx';
import { ProductVariants } from './ProductVariants.tsx';
import type { Product } from './product.ts';

export default function ProductShow() {
  return (
    <ShowBase<Product>>
      <ProductPage />
    </ShowBase>
  );
}

/** What the bot knows of a product, from where and since when, and who asked for it. */
function ProductPage() {
  const product = useRecordContext<Product>();
  const translate = useTranslate();
  const { canAccess: canReadMessages } = useCanAccess({ resource: 'messages', action: 'view' });
  if (!product) return null;
  return (
    <Page title="product.title" maxWidth={1000}>
      {product.syncState === 'removed' && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {translate('peyk.product.removed')}
        </Alert>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        <ProductPictures product={product} />
        <Summary product={product} />
        <Origin product={product} />
        {product.attributes.length > 0 && <ProductAttributes product={product} />}
        {product.variants.length > 0 && <ProductVariants product={product} />}
        {canReadMessages && <ProductAskingsPart productId={product.id} />}
      </Box>
    </Page>
  );
}

function Summary({ product }: { product: Product }) {
  const translate = useTranslate();
  const { canAccess: canEdit } = useCanAccess({ resource: 'products', action: 'edit' });
  return (
    <Box>
      <Typography component="h2" variant="h5" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
        {product.title || product.url}
      </Typography>
      {product.brand && (
        <Typography color="text.secondary">
          <bdi>{product.brand}</bdi>
        </Typography>
      )}
      <Box sx={{ my: 1 }}>
        <Price product={product} />
      </Box>
      <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mb: 1 }}>
        <Stock available={product.available} />
        <SyncState product={product} />
      </Box>
      {product.description && (
        <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', mb: 2 }}>
          {product.description}
        </Typography>
      )}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        {product.url && (
          <MuiButton
            href={product.url}
            target="_blank"
            rel="noopener noreferrer"
            variant="outlined"
            size="small"
            endIcon={<OpenInNewIcon />}
          >
            {translate('peyk.catalog.open_page')}
          </MuiButton>
        )}
        {canEdit && product.syncState !== 'removed' && <EditButton record={product} variant="outlined" />}
      </Box>
    </Box>
  );
}

function Origin({ product }: { product: Product }) {
  const translate = useTranslate();
  const locale = useLocale();
  const { data: sources } = useGetMany<{ id: string; url: string }>(
    'catalog-sources',
    { ids: [product.sourceId ?? ''] },
    { enabled: product.sourceId !== null },
  );
  const label = (name: string) => translate(`peyk.product.${name}`);
  const address = sources?.[0]?.url;
  return (
    <Section title="product.origin">
      <Line label={label('source')}>
        <Word words="product_source" value={product.source} />
        {address && (
          <>
            {' · '}
            <Link to="/catalog-sources">
              <bdi>{address}</bdi>
            </Link>
          </>
        )}
      </Line>
      {product.priceFrom && (
        <Line label={label('price_from')}>
          <Word words="product_origin" value={product.priceFrom} />
        </Line>
      )}
      {product.availableFrom && (
        <Line label={label('available_from')}>
          <Word words="product_origin" value={product.availableFrom} />
        </Line>
      )}
      <Line label={label('synced_at')}>
        <Moment at={product.syncedAt} />
      </Line>
      {product.missingSince && (
        <Line label={label('missing_since')}>
          <Moment at={product.missingSince} />
        </Line>
      )}
      {product.removedAt && (
        <Line label={label('removed_at')}>
          <Moment at={product.removedAt} />
        </Line>
      )}
      <Line label={label('known_since')}>
        <Moment at={product.createdAt} />
      </Line>
      {product.externalId && (
        <Line label={label('external_id')}>
          <bdi>{product.externalId}</bdi>
        </Line>
      )}
      {product.categories.length > 0 && (
        <Line label={translate('resources.products.fields.categories')}>
          <bdi>{product.categories.join(locale === 'fa' ? '، ' : ', ')}</bdi>
        </Line>
      )}
    </Section>
  );
}
