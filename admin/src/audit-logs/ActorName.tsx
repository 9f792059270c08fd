import { useGetMany, useTranslate } from 'react-admin';

const IS_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** A colleague's name; keys and programs are called what they are, in the reader's language. */
export function ActorName({ actor }: { actor: string }) {
  const translate = useTranslate();
  const isPerson = IS_ID.test(actor);
  const { data } = useGetMany<{ id: string; username: string }>('colleagues', { ids: [actor] }, { enabled: isPerson });
  const kind = actor.replace(/:.*/, '');
  return <bdi>{data?.[0]?.username ?? translate(`peyk.audit_actor.${kind}`, { _: actor })}</bdi>;
}
