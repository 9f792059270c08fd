import simpleRestProvider from 'ra-data-simple-rest';
import type { DataProvider } from 'react-admin';
import type { HttpClient } from './http-client.ts';
import { createOperatorActions, type OperatorActions } from './operator-actions.ts';

export type PeykDataProvider = DataProvider & { operator: OperatorActions };

/** The one door to the server's data; `useDataProvider<PeykDataProvider>()` also gives the operator's actions. */
export function createDataProvider(httpClient: HttpClient): PeykDataProvider {
  return { ...simpleRestProvider('/api', httpClient), operator: createOperatorActions(httpClient) };
}
