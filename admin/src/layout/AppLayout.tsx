import { Layout, type LayoutProps } from 'react-admin';
import { AppMenu } from './AppMenu.tsx';

export function AppLayout(props: LayoutProps) {
  // The framework lets the page grow with its tables; on a phone the tables scroll instead.
  return <Layout {...props} menu={AppMenu} sx={{ minWidth: 0, '& .RaLayout-content': { minWidth: 0 } }} />;
}
