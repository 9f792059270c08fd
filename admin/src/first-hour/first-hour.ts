import type { z } from 'zod';
import type { firstHourAnswer } from '../../../src/first-hour/actions.ts';

/** What `GET /api/first-hour` answers. */
export type FirstHour = z.output<typeof firstHourAnswer>;
export type Step = FirstHour['steps'][number];

/** Where a person does each step. */
const PATHS: Readonly<Record<Step['name'], string>> = {
  name: '/settings?part=shop',
  hours: '/settings?part=hours',
  channel: '/accounts/create',
  products: '/products',
  answers: '/faqs/create',
  model: '/settings?part=ai',
  try: '/simulator',
  invite: '/users/create',
};

/** A channel that waits for its first message is looked at, not connected once more. */
export const pathOf = ({ name, state }: Step): string =>
  name === 'channel' && state === 'started' ? '/accounts' : PATHS[name];

/** The first step that is left and that the shop does not work without. */
export const nextStep = (steps: readonly Step[]): Step | undefined =>
  steps.find(({ state, isOptional }) => !isOptional && state !== 'done');
