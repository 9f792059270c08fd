export { conversation } from './conversation.workflow.ts';
