import { useCanAccess, useGetMany } from 'react-admin';

const IS_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** A person's name where the reader may know it; keys and programs are named as they are. */
export function ActorName({ actor }: { actor: string }) {
  const { canAccess } = useCanAccess({ resource: 'users', action: 'list' });
  const isPerson = IS_ID.test(actor);
  const { data } = useGetMany<{ id: string; username: string }>(
    'users',
    { ids: [actor] },
    { enabled: isPerson && canAccess === true },
  );
  return <bdi>{data?.[0]?.username ?? actor}</bdi>;
}
