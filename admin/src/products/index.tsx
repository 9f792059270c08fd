import Icon from '@mui/icons-material/Inventory2Outlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./ProductList.tsx')),
  show: lazy(() => import('./ProductShow.tsx')),
  create: lazy(() => import('./ProductCreate.tsx')),
  edit: lazy(() => import('./ProductEdit.tsx')),
  recordRepresentation: 'title',
};
