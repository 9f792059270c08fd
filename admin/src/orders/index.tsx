import { lazy } from 'react';

export default {
  create: lazy(() => import('./OrderCreate.tsx')),
  list: lazy(() => import('./OrderList.tsx')),
  show: lazy(() => import('./OrderShow.tsx')),
};
