import Icon from '@mui/icons-material/StorefrontOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./SourceList.tsx')),
  create: lazy(() => import('./SourceCreate.tsx')),
  edit: lazy(() => import('./SourceEdit.tsx')),
  recordRepresentation: 'url',
};
