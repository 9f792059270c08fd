import type { Feature } from '../platform/feature.ts';
import { analyticsBehaviour, analyticsQuality, analyticsSummary } from './analytics.actions.ts';
import { dashboard } from './dashboard.action.ts';
import { figureErasure } from './erasure.ts';
import { waiting } from './waiting.action.ts';

/** Figures and the dashboard made of them. */
export const analyticsFeature: Feature = {
  name: 'analytics',
  actions: [analyticsBehaviour, analyticsQuality, analyticsSummary, dashboard, waiting],
  erasure: [figureErasure],
};
