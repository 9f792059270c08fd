import { lazy } from 'react';

export default {
  list: lazy(() => import('./FaqList.tsx')),
  create: lazy(() => import('./FaqCreate.tsx')),
  edit: lazy(() => import('./FaqEdit.tsx')),
  recordRepresentation: 'question',
};
