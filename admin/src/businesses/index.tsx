import Icon from '@mui/icons-material/StorefrontOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./BusinessHome.tsx')),
  create: lazy(() => import('./BusinessCreate.tsx')),
  edit: lazy(() => import('./BusinessEdit.tsx')),
  recordRepresentation: 'name',
};
