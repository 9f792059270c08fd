import Icon from '@mui/icons-material/ForumOutlined';
import { lazy } from 'react';
import type { Conversation } from '../records.ts';

export default {
  icon: Icon,
  list: lazy(() => import('./ConversationList.tsx')),
  show: lazy(() => import('./ConversationShow.tsx')),
  recordRepresentation: ({ contactName, contactExternalId }: Conversation) => contactName || contactExternalId,
};
