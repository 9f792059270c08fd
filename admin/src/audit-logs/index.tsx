import { lazy } from 'react';

export default {
  list: lazy(() => import('./AuditLogList.tsx')),
  show: lazy(() => import('./AuditLogShow.tsx')),
};
