import { lazy } from 'react';

export default {
  list: lazy(() => import('./PromptList.tsx')),
  show: lazy(() => import('./PromptShow.tsx')),
};
