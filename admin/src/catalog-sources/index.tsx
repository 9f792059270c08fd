import { lazy } from 'react';

export default {
  list: lazy(() => import('./SourceList.tsx')),
  create: lazy(() => import('./SourceCreate.tsx')),
  edit: lazy(() => import('./SourceEdit.tsx')),
  recordRepresentation: 'url',
};
