import type { Feature } from '../platform/feature.ts';
import { aiContext, simulateReply } from './ai-context.action.ts';
import { decisionWhy } from './decision-trace.action.ts';
import { decisions } from './decisions.resource.ts';
import { repliesFigures } from './figures.ts';
import { repliesHealth } from './health.ts';
import type { ReplyNeeds } from './needs.ts';
import { publishPrompt, withdrawPrompt } from './prompts/prompt-version.actions.ts';
import { promptVersions } from './prompts/prompt-versions.resource.ts';
import { prompts } from './prompts/prompts.resource.ts';
import { rehearsal } from './rehearsal/rehearsal.action.ts';
import { replyDraft } from './reply-draft.action.ts';
import { cancelRerun, startRerun } from './reruns/actions.ts';
import { rerunResults } from './reruns/rerun-results.resource.ts';
import { reruns } from './reruns/reruns.resource.ts';
import { exportTestSet, importTestSet, runTestConversation } from './test-set/actions.ts';
import { testConversations } from './test-set/resource.ts';

/** Answers: decisions, prompts, rehearsals and re-runs. */
export const repliesFeature: Feature<ReplyNeeds> = {
  name: 'replies',
  figures: repliesFigures,
  health: repliesHealth,
  resources: [decisions, promptVersions, prompts, rerunResults, reruns, testConversations],
  actions: [
    aiContext,
    simulateReply,
    decisionWhy,
    publishPrompt,
    withdrawPrompt,
    rehearsal,
    replyDraft,
    cancelRerun,
    startRerun,
    importTestSet,
    exportTestSet,
    runTestConversation,
  ],
};
