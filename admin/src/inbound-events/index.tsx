import Icon from '@mui/icons-material/MoveToInbox';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./InboundEventList.tsx')),
};
