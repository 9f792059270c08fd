import { lazy } from 'react';

export default {
  list: lazy(() => import('./TestSetPage.tsx')),
  create: lazy(() => import('./TestConversationCreate.tsx')),
  edit: lazy(() => import('./TestConversationEdit.tsx')),
  recordRepresentation: 'name',
};
