import { describe, expect, it } from 'vitest';
import { classifyDatabaseFault, isFaultOfData } from '../../../../src/platform/database/database-fault.ts';

describe('isFaultOfData', () => {
  it.each([
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Cannot use a pool after calling end on the pool',
  ])('does not blame the data for “%s”', (message) => {
    expect(classifyDatabaseFault(new Error(message))).toBe('unavailable');
    expect(isFaultOfData(new Error(message))).toBe(false);
  });

  it('blames it for what no database said', () => {
    expect(isFaultOfData(new TypeError('x is not a function'))).toBe(true);
  });
});
