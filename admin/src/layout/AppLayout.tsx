import { Layout, type LayoutProps } from 'react-admin';
import { SendingNotice } from '../health/SendingNotice.tsx';
import { LiveBar } from '../live/LiveBar.tsx';
import { LiveUpdates } from '../live/LiveUpdates.tsx';
import { PasswordNotice } from '../password/PasswordNotice.tsx';
import { PlaceHead } from '../places/PlaceHead.tsx';
import { AppMenu } from './AppMenu.tsx';
import { AppSidebar } from './AppSidebar.tsx';
import { AppTopBar } from './AppTopBar.tsx';

export function AppLayout({ children, ...props }: LayoutProps) {
  // The framework lets the page grow with its tables; on a phone the tables scroll instead.
  return (
    <LiveUpdates>
      {/* Outside the page, or the bar at its top would lie over it. */}
      <LiveBar />
      <Layout
        {...props}
        appBar={AppTopBar}
        menu={AppMenu}
        sidebar={AppSidebar}
        sx={{ minWidth: 0, '& .RaLayout-content': { minWidth: 0 } }}
      >
        <PlaceHead />
        <SendingNotice />
        <PasswordNotice />
        {children}
      </Layout>
    </LiveUpdates>
  );
}
