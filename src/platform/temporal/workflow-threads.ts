// Loaded with --import into the worker, and by Node into each of its threads: workflows remember no call stacks.
//
// For the "call stack" of a run, Temporal's SDK notes a stack trace for every promise that a workflow makes, which is a fifth of
// what the worker does for a bare turn. What a conversation of ours waits for is told in words by its details and its timers.
// Without this file everything works as before, with call stacks.
import v8 from 'node:v8';
import { isMainThread } from 'node:worker_threads';

// In the main thread nobody hooks promises; whoever does there means it.
if (!isMainThread) v8.promiseHooks.createHook = () => () => {};
