import type { ConversationNeeds } from '../conversations/needs.ts';
import type { Feature } from '../platform/feature.ts';
import { cancelFollowUp, rescheduleFollowUp } from './actions.ts';
import { followUps } from './resource.ts';

/** A message to a customer who fell silent before buying. */
export const followUpsFeature: Feature<ConversationNeeds> = {
  name: 'follow-ups',
  resources: [followUps],
  actions: [cancelFollowUp, rescheduleFollowUp],
};
