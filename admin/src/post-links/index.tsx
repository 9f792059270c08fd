import { lazy } from 'react';

export default {
  list: lazy(() => import('./PostLinkList.tsx')),
  create: lazy(() => import('./PostLinkCreate.tsx')),
  recordRepresentation: 'post',
};
