import Icon from '@mui/icons-material/HistoryEduOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./AuditLogList.tsx')),
  show: lazy(() => import('./AuditLogShow.tsx')),
};
