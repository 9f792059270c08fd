import Icon from '@mui/icons-material/Schedule';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./FollowUpList.tsx')),
};
