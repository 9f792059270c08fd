import Icon from '@mui/icons-material/ShoppingBagOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./OrderList.tsx')),
  show: lazy(() => import('./OrderShow.tsx')),
};
