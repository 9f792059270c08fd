import Icon from '@mui/icons-material/SyncOutlined';
import { lazy } from 'react';

export default { icon: Icon, list: lazy(() => import('./SyncRunList.tsx')) };
