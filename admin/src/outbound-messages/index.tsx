import Icon from '@mui/icons-material/Outbox';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./OutboundMessageList.tsx')),
};
