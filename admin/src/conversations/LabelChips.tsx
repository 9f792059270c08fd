import Chip from '@mui/material/Chip';
import { useCanAccess, useGetList } from 'react-admin';
import type { Label } from '../records.ts';

/** All labels of the business; few, and asked for once for the whole screen. */
export function useLabels(): Label[] {
  const { canAccess } = useCanAccess({ resource: 'labels', action: 'view' });
  const { data = [] } = useGetList<Label>(
    'labels',
    { pagination: { page: 1, perPage: 200 }, sort: { field: 'name', order: 'ASC' } },
    { enabled: canAccess === true, staleTime: 60_000 },
  );
  return data;
}

interface LabelChipsProps {
  names: readonly string[];
  /** Without it they can only be looked at. */
  onRemove?: (name: string) => void;
}

/** Labels in their own colours: the colour is a stripe, so that the words stay readable on any of them. */
export function LabelChips({ names, onRemove }: LabelChipsProps) {
  const labels = useLabels();
  return names.map((name) => {
    const color = labels.find((label) => label.name === name)?.color;
    return (
      <Chip
        key={name}
        size="small"
        variant="outlined"
        label={<bdi>{name}</bdi>}
        onDelete={onRemove && (() => onRemove(name))}
        sx={{
          height: onRemove ? 24 : 18,
          borderInlineStartWidth: 4,
          ...(color ? { borderInlineStartColor: color } : {}),
        }}
      />
    );
  });
}
