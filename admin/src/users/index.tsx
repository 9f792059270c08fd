import Icon from '@mui/icons-material/PeopleOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./UserList.tsx')),
  create: lazy(() => import('./UserCreate.tsx')),
  edit: lazy(() => import('./UserEdit.tsx')),
  recordRepresentation: 'username',
};
