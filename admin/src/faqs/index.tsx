import Icon from '@mui/icons-material/QuizOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./FaqList.tsx')),
  create: lazy(() => import('./FaqCreate.tsx')),
  edit: lazy(() => import('./FaqEdit.tsx')),
  recordRepresentation: 'question',
};
