import { lazy } from 'react';

export default {
  list: lazy(() => import('./BusinessHome.tsx')),
  create: lazy(() => import('./BusinessCreate.tsx')),
  edit: lazy(() => import('./BusinessEdit.tsx')),
  recordRepresentation: 'name',
};
