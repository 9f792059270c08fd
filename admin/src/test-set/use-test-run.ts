import { useRef, useState } from 'react';
import { useDataProvider } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Candidate, TestConversation, TestRun } from './test-set.ts';

const MOST = { page: 1, perPage: 500 };
const OLDEST_FIRST = { field: 'createdAt', order: 'ASC' } as const;

export interface TestProgress {
  runs: readonly TestRun[];
  total: number;
  isRunning: boolean;
  /** Of the server, for a person; empty: none. */
  fault: string;
}

const NOTHING: TestProgress = { runs: [], total: 0, isRunning: false, fault: '' };

/** Runs the whole set, one conversation after the other, so that it can be watched and stopped. */
export function useTestRun() {
  const operator = useOperator();
  const dataProvider = useDataProvider();
  const [progress, setProgress] = useState(NOTHING);
  /** A later start, or the end of the page, ends the one under way. */
  const current = useRef(0);

  async function start(candidate: Candidate = {}): Promise<void> {
    current.current += 1;
    const mine = current.current;
    const show = (next: TestProgress) => mine === current.current && setProgress(next);
    const runs: TestRun[] = [];
    show({ ...NOTHING, isRunning: true });
    try {
      const { data } = await dataProvider.getList<TestConversation>('test-conversations', {
        ...{ pagination: MOST, sort: OLDEST_FIRST, filter: {} },
      });
      for (const { id } of data) {
        if (mine !== current.current) return;
        show({ runs: [...runs], total: data.length, isRunning: true, fault: '' });
        runs.push(await operator.runTest<TestRun>(id, candidate));
      }
      show({ runs, total: data.length, isRunning: false, fault: '' });
    } catch (error) {
      show({ runs, total: runs.length, isRunning: false, fault: messageOf(error) });
    }
  }
  const stop = () => {
    current.current += 1;
    setProgress((last) => ({ ...last, isRunning: false }));
  };
  return { progress, start, stop };
}
