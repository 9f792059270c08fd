import Icon from '@mui/icons-material/KeyOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./ApiKeyList.tsx')),
  create: lazy(() => import('./ApiKeyCreate.tsx')),
};
