import Avatar from '@mui/material/Avatar';
import MuiButton from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemAvatar from '@mui/material/ListItemAvatar';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useGetList, useLocale, useTranslate } from 'react-admin';
import type { Product } from '../products/product.ts';
import type { EnclosedProduct } from './enclosed.ts';

interface ProductDialogProps {
  onChoose: (product: EnclosedProduct) => void;
  onClose: () => void;
}

const SHOWN = 20;

/** Finds a product by words and takes it. What is not sold any more is not offered. */
export function ProductDialog({ onChoose, onClose }: ProductDialogProps) {
  const translate = useTranslate();
  const locale = useLocale() === 'fa' ? 'fa' : 'en';
  const titleId = useId();
  const [q, setQ] = useState('');
  const { data = [], isPending } = useGetList<Product>(
    'products',
    {
      filter: { removedAt: null, ...(q.trim() ? { q: q.trim() } : {}) },
      pagination: { page: 1, perPage: SHOWN },
      sort: { field: 'title', order: 'ASC' },
    },
    { placeholderData: (previous) => previous },
  );
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{translate('peyk.enclosed.choose_product')}</DialogTitle>
      <DialogContent sx={{ minHeight: 280 }}>
        <TextField
          autoFocus
          fullWidth
          type="search"
          label={translate('peyk.enclosed.search_product')}
          value={q}
          onChange={(event) => setQ(event.target.value)}
          slotProps={{ htmlInput: { dir: 'auto' } }}
        />
        {isPending && <CircularProgress size={24} sx={{ display: 'block', mx: 'auto', my: 2 }} />}
        {!isPending && data.length === 0 && (
          <Typography color="text.secondary" sx={{ py: 2 }}>
            {translate('peyk.enclosed.no_product')}
          </Typography>
        )}
        <List dense>
          {data.map((product) => (
            <ListItem key={product.id} disablePadding>
              <ListItemButton onClick={() => onChoose(product)}>
                <ListItemAvatar>
                  <Avatar variant="rounded" src={product.imageUrl ?? ''} alt="">
                    {[...product.title][0] ?? ''}
                  </Avatar>
                </ListItemAvatar>
                <ListItemText
                  primary={<bdi>{product.title}</bdi>}
                  secondary={
                    <>
                      {product.priceText?.[locale] ?? ''}
                      {product.available === false && ` · ${translate('peyk.enclosed.sold_out')}`}
                    </>
                  }
                />
              </ListItemButton>
            </ListItem>
          ))}
        </List>
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={onClose}>{translate('ra.action.cancel')}</MuiButton>
      </DialogActions>
    </Dialog>
  );
}
