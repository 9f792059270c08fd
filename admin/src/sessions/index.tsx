import Icon from '@mui/icons-material/DevicesOutlined';
import { lazy } from 'react';

export default {
  icon: Icon,
  list: lazy(() => import('./SessionList.tsx')),
};
