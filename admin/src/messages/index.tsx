import Icon from '@mui/icons-material/ChatBubbleOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./MessageList.tsx')),
};
