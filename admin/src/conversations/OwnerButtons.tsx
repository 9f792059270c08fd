import Box from '@mui/material/Box';
import { useCanAccess } from 'react-admin';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';

/** Taking over is asked for at once, since somebody waits; the others are confirmed. */
export function OwnerButtons({ record }: { record: Conversation }) {
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'conversations', action: 'manage' });
  if (!canAccess) return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {record.mode !== 'human' && (
        <ActionButton
          action="take_over"
          done="took_over"
          variant="contained"
          shortcut="t"
          run={() => operator.takeOver(record.id)}
        />
      )}
      {record.mode !== 'bot' && (
        <ActionButton
          action="release"
          done="released"
          confirm="release"
          shortcut="e"
          run={() => operator.release(record.id)}
        />
      )}
      {record.status !== 'closed' && (
        <ActionButton
          action="close"
          done="closed"
          color="inherit"
          confirm="close"
          run={() => operator.close(record.id)}
        />
      )}
    </Box>
  );
}
