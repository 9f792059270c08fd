import Box from '@mui/material/Box';
import { BooleanInput, CreateButton, FilterButton, TopToolbar, useListContext } from 'react-admin';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import { ImportButton } from './ImportButton.tsx';
import { ProductCard } from './ProductCard.tsx';
import type { Product } from './product.ts';

const FILTERS = [
  searchFilter,
  wordFilter('source', 'product_source', ['torob', 'sitemap', 'import', 'manual'], true),
  <BooleanInput key="available" source="available" />,
];

function Toolbar() {
  return (
    <TopToolbar>
      <FilterButton />
      <ImportButton />
      <CreateButton />
    </TopToolbar>
  );
}

function Grid() {
  const { data = [] } = useListContext<Product>();
  return (
    <Box sx={{ display: 'grid', gap: 2, p: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))' }}>
      {data.map((product) => (
        <ProductCard key={product.id} product={product} />
      ))}
    </Box>
  );
}

/** What the shop sells, as customers would be told of it. */
export default function ProductList() {
  return (
    <RecordList
      filters={FILTERS}
      actions={<Toolbar />}
      sort={{ field: 'updatedAt', order: 'DESC' }}
      emptyWords="products"
    >
      <Grid />
    </RecordList>
  );
}
