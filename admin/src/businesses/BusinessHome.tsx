import { useEffect } from 'react';
import { Loading, useCanAccess, useRedirect } from 'react-admin';
import { BusinessList } from './BusinessList.tsx';

/** People of the installation see every business; everybody else works for one, so the list leads straight to its settings. */
export default function BusinessHome() {
  const { canAccess: runsInstallation, isPending } = useCanAccess({ resource: 'businesses', action: 'create' });
  if (isPending) return <Loading />;
  return runsInstallation ? <BusinessList /> : <OwnBusiness />;
}

function OwnBusiness() {
  const redirect = useRedirect();
  useEffect(() => {
    redirect('/settings');
  }, [redirect]);
  return <Loading />;
}
