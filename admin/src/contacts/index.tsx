import Icon from '@mui/icons-material/PeopleAlt';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./ContactList.tsx')),
};
