import Icon from '@mui/icons-material/FactCheckOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./TestSetPage.tsx')),
  create: lazy(() => import('./TestConversationCreate.tsx')),
  edit: lazy(() => import('./TestConversationEdit.tsx')),
  recordRepresentation: 'name',
};
