import Icon from '@mui/icons-material/EditNoteOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./PromptVersionList.tsx')),
  create: lazy(() => import('./PromptVersionCreate.tsx')),
  edit: lazy(() => import('./PromptVersionEdit.tsx')),
  show: lazy(() => import('./PromptVersionShow.tsx')),
  recordRepresentation: 'version',
};
