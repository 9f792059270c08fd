import { useMemo } from 'react';
import { useLocation, usePermissions } from 'react-admin';
import type { z } from 'zod';
import type { waitingAnswer } from '../../../src/analytics/waiting.action.ts';
import { useRead } from '../pages/use-read.ts';
import { findPlace, type OwnPlace, ownPlaces, type Whereabouts } from './find-place.ts';
import { WAITING, type WaitingPlace } from './places.ts';

const EVERY_MS = 30_000;

/** The places that the person may use; none before it is known who they are. */
export function useOwnPlaces(): OwnPlace[] {
  const { permissions } = usePermissions<string[]>();
  return useMemo(() => ownPlaces(permissions ?? []), [permissions]);
}

/** Where the person is. */
export function useWhereabouts(): Whereabouts | null {
  const { pathname } = useLocation();
  return useMemo(() => findPlace(pathname), [pathname]);
}

export interface WaitingHere extends WaitingPlace {
  count: number;
}

/** What waits for somebody, in the order of the table; undefined before it is known. A change of a chat asks again. */
export function useWaiting(): WaitingHere[] | undefined {
  const { data } = useRead<z.output<typeof waitingAnswer>>('/api/waiting', {
    everyMs: EVERY_MS,
    staleWith: 'conversations',
  });
  return useMemo(
    () =>
      data &&
      WAITING.flatMap((place) => {
        const count = data.find(({ kind }) => kind === place.kind)?.count ?? 0;
        return count > 0 ? [{ ...place, count }] : [];
      }),
    [data],
  );
}
