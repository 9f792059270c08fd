import { sleep } from '@temporalio/workflow';

/** What a careless change looks like: a timer that no running conversation has in its history. */
export async function conversation(): Promise<void> {
  await sleep('1 minute');
}

export const catalogSync = conversation;
export const catalogSyncOnSchedule = conversation;
export const rerun = conversation;
