import Icon from '@mui/icons-material/QuickreplyOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./CannedReplyList.tsx')),
  create: lazy(() => import('./CannedReplyCreate.tsx')),
  edit: lazy(() => import('./CannedReplyEdit.tsx')),
  recordRepresentation: 'shortcut',
};
