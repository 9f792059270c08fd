import { sleep } from '@temporalio/workflow';

/** What a careless change looks like: a timer that no running workflow has in its history. */
const wait = () => sleep('1 minute');

export async function conversation(): Promise<void> {
  await wait();
}

export async function catalogSync(): Promise<void> {
  await wait();
}

export async function catalogSyncOnSchedule(): Promise<void> {
  await wait();
}

export async function rerun(): Promise<void> {
  await wait();
}
