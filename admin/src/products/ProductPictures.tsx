import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import type { Product } from './product.ts';

interface PictureProps {
  /** Our own address of it; null when there is none. */
  at: string | null;
  height: number;
  /** What it shows, where nothing beside it says so. */
  label?: string;
}

/** A picture of the shop, or a word where there is none or it does not come. */
export function Picture({ at, height, label = '' }: PictureProps) {
  const translate = useTranslate();
  const [broken, setBroken] = useState<string | null>(null);
  const sx = { height, width: '100%', bgcolor: 'action.hover' };
  if (!at || broken === at)
    return (
      <Stack sx={{ ...sx, alignItems: 'center', justifyContent: 'center', color: 'text.secondary' }}>
        {translate(`peyk.catalog.${at ? 'broken_picture' : 'no_picture'}`)}
      </Stack>
    );
  return (
    <Box
      component="img"
      src={at}
      alt={label}
      loading="lazy"
      onError={() => setBroken(at)}
      sx={{ ...sx, objectFit: 'contain' }}
    />
  );
}

/** All pictures of a product: one large, the others to choose from. */
export function ProductPictures({ product }: { product: Product }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [chosen, setChosen] = useState(0);
  const { images, title } = product;
  return (
    <Box>
      <Picture at={images[chosen]?.shownAt ?? null} height={320} label={title} />
      {images.length > 1 && (
        <Box sx={{ display: 'flex', gap: 1, mt: 1, flexWrap: 'wrap' }}>
          {images.map(({ shownAt }, index) => (
            <ButtonBase
              key={shownAt}
              onClick={() => setChosen(index)}
              aria-label={translate('peyk.product.picture', { number: formatNumber(index + 1, locale) })}
              aria-pressed={index === chosen}
              sx={{ width: 64, border: 2, borderColor: index === chosen ? 'primary.main' : 'divider', borderRadius: 1 }}
            >
              <Picture at={shownAt} height={60} />
            </ButtonBase>
          ))}
        </Box>
      )}
    </Box>
  );
}
