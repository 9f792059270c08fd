import Icon from '@mui/icons-material/LabelOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./LabelList.tsx')),
  create: lazy(() => import('./LabelCreate.tsx')),
  edit: lazy(() => import('./LabelEdit.tsx')),
  recordRepresentation: 'name',
};
