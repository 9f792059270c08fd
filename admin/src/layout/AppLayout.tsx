import { Layout, type LayoutProps } from 'react-admin';
import { SendingNotice } from '../health/SendingNotice.tsx';
import { LiveBar } from '../live/LiveBar.tsx';
import { LiveUpdates } from '../live/LiveUpdates.tsx';
import { PasswordNotice } from '../password/PasswordNotice.tsx';
import { AppMenu } from './AppMenu.tsx';
import { AppTopBar } from './AppTopBar.tsx';

export function AppLayout({ children, ...props }: LayoutProps) {
  // The framework lets the page grow with its tables; on a phone the tables scroll instead.
  return (
    <LiveUpdates>
      {/* Outside the page, or the bar at its top would lie over it. */}
      <LiveBar />
      <Layout {...props} appBar={AppTopBar} menu={AppMenu} sx={{ minWidth: 0, '& .RaLayout-content': { minWidth: 0 } }}>
        <SendingNotice />
        <PasswordNotice />
        {children}
      </Layout>
    </LiveUpdates>
  );
}
