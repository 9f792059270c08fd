import Icon from '@mui/icons-material/PsychologyOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./DecisionList.tsx')),
  show: lazy(() => import('./DecisionShow.tsx')),
};
