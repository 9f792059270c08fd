import { useEffect } from 'react';
import { Loading, useCanAccess, useGetList, useRedirect } from 'react-admin';
import { BusinessList } from './BusinessList.tsx';

/** People of the installation see every business; everybody else works for one, so the list leads straight to it. */
export default function BusinessHome() {
  const { canAccess: runsInstallation, isPending } = useCanAccess({ resource: 'businesses', action: 'create' });
  if (isPending) return <Loading />;
  return runsInstallation ? <BusinessList /> : <OwnBusiness />;
}

function OwnBusiness() {
  const redirect = useRedirect();
  const { data } = useGetList<{ id: string }>('businesses', { pagination: { page: 1, perPage: 1 } });
  const id = data?.[0]?.id;
  useEffect(() => {
    if (id) redirect('edit', 'businesses', id);
  }, [id, redirect]);
  return <Loading />;
}
