import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useCanAccess, useGetList, useTranslate } from 'react-admin';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Colleague, Conversation } from '../records.ts';
import { Part } from './Part.tsx';

interface Person {
  id: string;
  name: string;
}

/** Whom it can be given to; also who has it, though they may have left. */
function usePeople({ assigneeId, assigneeName }: Conversation): Person[] {
  const { data = [] } = useGetList<Colleague>(
    'colleagues',
    { pagination: { page: 1, perPage: 200 }, sort: { field: 'username', order: 'ASC' } },
    { staleTime: 60_000 },
  );
  const people = data.map(({ id, username }) => ({ id, name: username }));
  if (assigneeId === null || people.some(({ id }) => id === assigneeId)) return people;
  return [...people, { id: assigneeId, name: assigneeName ?? assigneeId }];
}

/** Whose work it is. Everybody may still answer. */
export function AssigneePart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const operator = useOperator();
  const people = usePeople(record);
  const { canAccess } = useCanAccess({ resource: 'conversations', action: 'manage' });
  const { start, isRunning } = useOperatorAction(
    (userId: string | null) => operator.assign(record.id, userId),
    'peyk.done.assigned_to',
  );
  if (!canAccess) return <Part label="assignee">{record.assigneeName ?? translate('peyk.card.nobody')}</Part>;
  return (
    <TextField
      select
      size="small"
      margin="none"
      label={translate('peyk.card.assignee')}
      value={record.assigneeId ?? ''}
      disabled={isRunning}
      onChange={(event) => void start(event.target.value || null)}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="">{translate('peyk.card.nobody')}</MenuItem>
      {people.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          <bdi>{name}</bdi>
        </MenuItem>
      ))}
    </TextField>
  );
}
