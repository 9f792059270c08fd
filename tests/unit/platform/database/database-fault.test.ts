import { describe, expect, it } from 'vitest';
import { classifyDatabaseFault, isDiskFull, isFaultOfData } from '../../../../src/platform/database/database-fault.ts';
import { Prisma } from '../../../../src/platform/database/generated/client.ts';
import { toProblem } from '../../../../src/platform/http/problem.ts';

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

  const refusal = (originalCode: string) =>
    new Prisma.PrismaClientKnownRequestError('It says much.', {
      code: 'P2010',
      clientVersion: '7',
      meta: { driverAdapterError: { cause: { originalCode } } },
    });

  it('says of a full disk that it is full, and of anything else in the way that the database is not there', () => {
    expect(isFaultOfData(refusal('53100'))).toBe(false);
    expect([isDiskFull(refusal('53100')), isDiskFull(refusal('53300'))]).toEqual([true, false]);
    const [full, busy] = [toProblem(refusal('53100')), toProblem(refusal('53300'))];
    expect([full.status, full.message]).toEqual([503, 'The database has no room left on its disk.']);
    expect([busy.status, busy.message]).toEqual([503, 'The database cannot be reached right now.']);
  });

  it('blames it for what no database said', () => {
    expect(isFaultOfData(new TypeError('x is not a function'))).toBe(true);
  });
});
