import { useQuery } from '@tanstack/react-query';
import { useOperator } from '../providers/use-operator.ts';

interface ReadOptions {
  /** Milliseconds between readings while somebody looks; absent: once. */
  everyMs?: number;
  /** The live feed reads this again when a row of this resource changes. */
  staleWith?: string;
  enabled?: boolean;
}

/** Reads something that is no resource. The error is an HttpError whose message is for a person. */
export function useRead<T>(path: string, { everyMs, staleWith = 'pages', enabled = true }: ReadOptions = {}) {
  const operator = useOperator();
  return useQuery({
    queryKey: [staleWith, 'read', path],
    queryFn: () => operator.read<T>(path),
    enabled,
    retry: 1,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}
