import Icon from '@mui/icons-material/DescriptionOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./PromptList.tsx')),
  show: lazy(() => import('./PromptShow.tsx')),
};
