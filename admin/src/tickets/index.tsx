import Icon from '@mui/icons-material/ConfirmationNumberOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./TicketList.tsx')),
};
