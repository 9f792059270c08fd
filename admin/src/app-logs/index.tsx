import { lazy } from 'react';

export default {
  list: lazy(() => import('./AppLogList.tsx')),
};
