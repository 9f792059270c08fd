import Icon from '@mui/icons-material/ShoppingBagOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  create: lazy(() => import('./OrderCreate.tsx')),
  list: lazy(() => import('./OrderList.tsx')),
  show: lazy(() => import('./OrderShow.tsx')),
};
