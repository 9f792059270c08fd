import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import type { TestRun } from './test-set.ts';

/** One turn: what the customer writes, what the bot says, and what is wrong with it. */
export function TurnResult({ turn }: { turn: TestRun['turns'][number] }) {
  const translate = useTranslate();
  const { say, before, after, isSkipped } = turn;
  const { text, faults } = after ?? before;
  return (
    <Box sx={{ py: 1 }} data-good={!isSkipped && faults.length === 0}>
      <Typography variant="body2" dir="auto" sx={{ fontWeight: 600, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {say.join('\n')}
      </Typography>
      <Typography variant="body2" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text === '' ? translate('peyk.unanswered.says_nothing') : text}
      </Typography>
      {isSkipped ? (
        <Typography variant="caption" color="text.secondary" component="p">
          {translate('peyk.test_set.skipped')}
        </Typography>
      ) : (
        faults.map(({ rule, detail }) => (
          <Typography key={`${rule} ${detail}`} variant="body2" color="error" sx={{ overflowWrap: 'anywhere' }}>
            {translate(`peyk.test_set.fault.${rule}`, { detail: `\u2068${detail}\u2069`, _: rule })}
          </Typography>
        ))
      )}
    </Box>
  );
}
