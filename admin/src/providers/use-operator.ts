import { createContext, useContext } from 'react';
import type { OperatorActions } from './operator-actions.ts';

/**
 * The operator's actions. They stay out of the data provider on purpose: there the framework turns a failed sign-in into
 * an empty success, and a text that was never sent would be cleared.
 */
export const OperatorContext = createContext<OperatorActions | null>(null);

export function useOperator(): OperatorActions {
  const operator = useContext(OperatorContext);
  if (!operator) throw new Error('There is no OperatorContext above this component');
  return operator;
}
