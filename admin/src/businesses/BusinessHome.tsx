import { useEffect } from 'react';
import { Loading, useGetList, useRedirect } from 'react-admin';

/** Everybody works for one shop, so the list leads straight to its settings. */
export default function BusinessHome() {
  const redirect = useRedirect();
  const { data } = useGetList<{ id: string }>('businesses', { pagination: { page: 1, perPage: 1 } });
  const id = data?.[0]?.id;
  useEffect(() => {
    if (id) redirect('edit', 'businesses', id);
  }, [id, redirect]);
  return <Loading />;
}
