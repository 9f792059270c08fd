import ProductIcon from '@mui/icons-material/ShoppingBagOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { EnclosedProduct } from './enclosed.ts';
import { ProductDialog } from './ProductDialog.tsx';

/** Puts a product of the catalog into the message: the customer sees its picture, price and link. */
export function ProductButton({ onChoose }: { onChoose: (product: EnclosedProduct) => void }) {
  const translate = useTranslate();
  const [isOpen, setIsOpen] = useState(false);
  const name = translate('peyk.enclosed.product');
  return (
    <>
      <Tooltip title={name}>
        <IconButton onClick={() => setIsOpen(true)} aria-label={name}>
          <ProductIcon />
        </IconButton>
      </Tooltip>
      {isOpen && (
        <ProductDialog
          onChoose={(product) => {
            onChoose(product);
            setIsOpen(false);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
