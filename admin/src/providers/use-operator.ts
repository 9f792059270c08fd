import { useDataProvider } from 'react-admin';
import type { PeykDataProvider } from './data-provider.ts';
import type { OperatorActions } from './operator-actions.ts';

/** The operator's actions, from wherever the data comes. */
export function useOperator(): OperatorActions {
  return useDataProvider<PeykDataProvider>().operator;
}
