import { lazy } from 'react';

export default {
  list: lazy(() => import('./AccountList.tsx')),
  create: lazy(() => import('./AccountCreate.tsx')),
  edit: lazy(() => import('./AccountEdit.tsx')),
  recordRepresentation: (account: { name: string; externalId: string }) => account.name || account.externalId,
};
