import type { ReactElement } from 'react';
import { List, type ListProps } from 'react-admin';
import { EmptyState } from './EmptyState.tsx';

/** Lists stay fresh by asking again, but only while somebody looks. */
const POLL_MS = 5000;

interface RecordListProps extends Omit<ListProps, 'empty' | 'exporter' | 'queryOptions'> {
  /** Which texts below `peyk.empty` an empty list shows. */
  emptyWords: string;
  filters: ReactElement[];
}

/** What all lists of the panel have in common. */
export function RecordList({ emptyWords, ...props }: RecordListProps) {
  return (
    <List
      {...props}
      perPage={25}
      exporter={false}
      empty={<EmptyState words={emptyWords} />}
      queryOptions={{ refetchInterval: POLL_MS }}
      sx={{ '& .RaList-main': { minWidth: 0 }, '& .RaList-content': { overflowX: 'auto' } }}
    />
  );
}
