// node src/start/bundle-workflows.ts: bundles the workflows for workers to come, unless that is done. For images and `npm start`.
import { DefaultLogger } from '@temporalio/worker';
import { loadWorkflowBundle } from '../platform/temporal/workflow-bundle.ts';

await loadWorkflowBundle({
  logger: new DefaultLogger('ERROR'),
  onUnwritable: (error) => {
    throw error;
  },
});
