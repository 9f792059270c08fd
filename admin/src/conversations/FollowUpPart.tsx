import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useGetList, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { FollowUpButtons } from '../followups/FollowUpButtons.tsx';
import { usePollMs } from '../live/live-state.ts';
import type { Conversation, FollowUp } from '../records.ts';

/** The follow-up that waits for its time, if any, and what can be done about it. */
export function FollowUpPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const pollMs = usePollMs();
  const { data } = useGetList<FollowUp>(
    'followups',
    {
      filter: { conversationId: record.id, state: 'pending' },
      pagination: { page: 1, perPage: 1 },
      sort: { field: 'dueAt', order: 'ASC' },
    },
    { enabled: record.followUpDueAt !== null, refetchInterval: pollMs },
  );
  const followUp = data?.[0];
  if (!record.followUpDueAt) return translate('peyk.card.no_follow_up');
  return (
    <>
      <Moment at={record.followUpDueAt} />
      {followUp && (
        <>
          <Typography variant="body2" dir="auto" color="text.secondary" sx={{ my: 0.5 }}>
            {followUp.text}
          </Typography>
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            <FollowUpButtons followUp={followUp} />
          </Box>
        </>
      )}
    </>
  );
}
