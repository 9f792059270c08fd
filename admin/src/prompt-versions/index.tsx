import { lazy } from 'react';

export default {
  list: lazy(() => import('./PromptVersionList.tsx')),
  create: lazy(() => import('./PromptVersionCreate.tsx')),
  edit: lazy(() => import('./PromptVersionEdit.tsx')),
  show: lazy(() => import('./PromptVersionShow.tsx')),
  recordRepresentation: 'version',
};
