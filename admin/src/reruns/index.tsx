import { lazy } from 'react';

export default {
  list: lazy(() => import('./RerunList.tsx')),
  create: lazy(() => import('./RerunCreate.tsx')),
  show: lazy(() => import('./RerunShow.tsx')),
};
