import { useTranslate } from 'react-admin';

/** A model's own name; what needs no model is called what it is. */
export function ModelName({ model }: { model: string }) {
  const translate = useTranslate();
  return <bdi>{translate(`peyk.model.${model}`, { _: model || '—' })}</bdi>;
}
