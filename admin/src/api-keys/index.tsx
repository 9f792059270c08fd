import { lazy } from 'react';

export default {
  list: lazy(() => import('./ApiKeyList.tsx')),
  create: lazy(() => import('./ApiKeyCreate.tsx')),
};
