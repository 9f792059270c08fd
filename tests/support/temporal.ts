import { inject } from 'vitest';
import './services.ts';

/**
 * The Temporal dev server of this run; real, in memory, with our search attributes. All tests share its namespace, so
 * give workflow ids and task queues a random part.
 */
export function testTemporal(): { address: string; namespace: string } {
  const { temporalAddress, temporalNamespace } = inject('services');
  return { address: temporalAddress, namespace: temporalNamespace };
}
