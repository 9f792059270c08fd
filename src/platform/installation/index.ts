import type { Feature } from '../feature.ts';
import { installationHealth } from './health.ts';
import { pauseAllSending, resumeAllSending, sendingState } from './sending.actions.ts';

/** What concerns the installation as a whole: whether its rows are a restored copy, and whether messages may leave. */
export const installationFeature: Feature = {
  name: 'installation',
  health: installationHealth,
  actions: [sendingState, pauseAllSending, resumeAllSending],
};
