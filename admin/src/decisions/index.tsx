import { lazy } from 'react';

export default {
  list: lazy(() => import('./DecisionList.tsx')),
  show: lazy(() => import('./DecisionShow.tsx')),
};
