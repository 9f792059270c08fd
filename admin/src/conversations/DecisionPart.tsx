import Typography from '@mui/material/Typography';
import { Link, useCanAccess, useCreatePath, useGetList, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { usePollMs } from '../live/live-state.ts';
import type { Conversation, Decision } from '../records.ts';
import { Part } from './Part.tsx';

/** What the bot decided last, and the way to why. */
export function DecisionPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const createPath = useCreatePath();
  const { canAccess } = useCanAccess({ resource: 'messages', action: 'view' });
  const { canAccess: canRerun } = useCanAccess({ resource: 'reruns', action: 'create' });
  const { data } = useGetList<Decision>(
    'decisions',
    {
      filter: { conversationId: record.id },
      pagination: { page: 1, perPage: 1 },
      sort: { field: 'createdAt', order: 'DESC' },
    },
    { enabled: canAccess === true, refetchInterval: usePollMs() },
  );
  const decision = data?.[0];
  if (!decision) return null;
  return (
    <Part label="decision">
      <Word words={decision.outcome ? 'outcome' : 'decision_state'} value={decision.outcome || decision.state} /> ·{' '}
      <Moment at={decision.createdAt} />
      <Typography variant="caption" color="text.secondary" component="div">
        {decision.model === 'builtin' ? translate('peyk.why.builtin') : <bdi>{decision.model}</bdi>}
      </Typography>
      <Link to={createPath({ resource: 'decisions', type: 'show', id: decision.id })}>
        {translate('peyk.card.why')}
      </Link>
      {canRerun && (
        <>
          {' · '}
          <Link to={`/reruns/create?conversation=${encodeURIComponent(record.id)}`}>
            {translate('peyk.card.rerun')}
          </Link>
        </>
      )}
    </Part>
  );
}
