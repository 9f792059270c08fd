import Icon from '@mui/icons-material/CompareOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./RerunList.tsx')),
  create: lazy(() => import('./RerunCreate.tsx')),
  show: lazy(() => import('./RerunShow.tsx')),
};
