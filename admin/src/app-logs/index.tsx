import Icon from '@mui/icons-material/ReportProblemOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./AppLogList.tsx')),
};
