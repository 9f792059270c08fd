import Icon from '@mui/icons-material/LinkOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./PostLinkList.tsx')),
  create: lazy(() => import('./PostLinkCreate.tsx')),
  recordRepresentation: 'post',
};
