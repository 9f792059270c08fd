export { catalogSync, catalogSyncOnSchedule } from './catalog-sync.workflow.ts';
export { conversation } from './conversation.workflow.ts';
export { reconcile } from './reconcile.workflow.ts';
export { rerun } from './rerun.workflow.ts';
export { retention } from './retention.workflow.ts';
