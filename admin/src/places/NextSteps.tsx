import DoneIcon from '@mui/icons-material/CheckCircleOutlined';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { LinkBase, useLocale, useTranslate } from 'react-admin';
import { useWaiting, type WaitingHere } from './use-places.ts';
import { formatCount } from './waiting-count.ts';

interface NextStepsProps {
  place: string;
  /** What else is to be done there, told first. */
  more?: readonly WaitingHere[];
}

const NONE: readonly WaitingHere[] = [];

/** What is to be done next at a place, each with the list behind its number. */
export function NextSteps({ place, more = NONE }: NextStepsProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const waiting = useWaiting();
  if (!waiting) return null;
  const steps = [...more, ...waiting.filter((step) => step.place === place)];
  return (
    <Box
      component="section"
      aria-label={translate('peyk.next.title')}
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, minHeight: 36 }}
    >
      {steps.length === 0 && (
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}
        >
          <DoneIcon fontSize="small" color="success" />
          {translate(`peyk.next.nothing.${place}`)}
        </Typography>
      )}
      {steps.map(({ kind, to, count, isUrgent }) => (
        <MuiButton
          key={kind}
          component={LinkBase}
          to={to}
          size="small"
          variant={isUrgent ? 'contained' : 'outlined'}
          data-waiting={kind}
        >
          {translate(`peyk.next.${kind}`, { smart_count: count, count: formatCount(count, locale) })}
        </MuiButton>
      ))}
    </Box>
  );
}
