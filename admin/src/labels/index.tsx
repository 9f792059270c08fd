import { lazy } from 'react';

export default {
  list: lazy(() => import('./LabelList.tsx')),
  create: lazy(() => import('./LabelCreate.tsx')),
  edit: lazy(() => import('./LabelEdit.tsx')),
  recordRepresentation: 'name',
};
