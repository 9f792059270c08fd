import { lazy } from 'react';

export default {
  list: lazy(() => import('./CannedReplyList.tsx')),
  create: lazy(() => import('./CannedReplyCreate.tsx')),
  edit: lazy(() => import('./CannedReplyEdit.tsx')),
  recordRepresentation: 'shortcut',
};
