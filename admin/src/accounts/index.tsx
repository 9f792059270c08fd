import Icon from '@mui/icons-material/AlternateEmail';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./AccountList.tsx')),
  create: lazy(() => import('./AccountCreate.tsx')),
  edit: lazy(() => import('./AccountEdit.tsx')),
  recordRepresentation: (account: { name: string; externalId: string }) => account.name || account.externalId,
};
