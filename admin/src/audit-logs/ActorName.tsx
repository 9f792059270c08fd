import { useGetMany } from 'react-admin';

const IS_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** A colleague's name; keys and programs are named as they are. */
export function ActorName({ actor }: { actor: string }) {
  const isPerson = IS_ID.test(actor);
  const { data } = useGetMany<{ id: string; username: string }>('colleagues', { ids: [actor] }, { enabled: isPerson });
  return <bdi>{data?.[0]?.username ?? actor}</bdi>;
}
