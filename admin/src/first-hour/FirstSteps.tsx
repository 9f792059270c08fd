import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Typography from '@mui/material/Typography';
import { LinkBase, useCanAccess, useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { StepIcon } from '../layout/StepIcon.tsx';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { Section } from '../pages/Section.tsx';
import { useRead } from '../pages/use-read.ts';
import { useOperator } from '../providers/use-operator.ts';
import { type FirstHour, nextStep, pathOf, type Step } from './first-hour.ts';

const PATH = '/api/first-hour';
const EVERY_MS = 15_000;

interface FirstStepsProps {
  /** Shown however far the shop has come, put away or not. */
  isAlways?: boolean;
}

/** What a new shop does first, with what the rows say of each step. For those who may set the shop up. */
export function FirstSteps({ isAlways = false }: FirstStepsProps) {
  const { canAccess = false } = useCanAccess({ resource: 'settings', action: 'view' });
  const { data } = useRead<FirstHour>(PATH, { everyMs: EVERY_MS, staleWith: 'first-hour', enabled: canAccess });
  if (!data || (!isAlways && (data.isDone || data.dismissedAt !== null))) return null;
  return (
    <Box sx={{ mb: 2 }} data-testid="first-steps">
      <Section
        title={`first.${data.isDone ? 'done_title' : 'title'}`}
        aside={<PutAway data={data} isAlways={isAlways} />}
      >
        <Progress steps={data.steps} />
        <List
          disablePadding
          sx={{
            display: 'grid',
            columnGap: 1,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          {data.steps.map((step) => (
            <StepRow key={step.name} step={step} isNext={step === nextStep(data.steps)} />
          ))}
        </List>
      </Section>
    </Box>
  );
}

function Progress({ steps }: { steps: readonly Step[] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const done = steps.filter(({ state }) => state === 'done').length;
  const words = translate('peyk.first.progress', {
    done: formatNumber(done, locale),
    all: formatNumber(steps.length, locale),
  });
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 1 }}>
      <Box aria-hidden sx={{ flex: 1, height: 6, borderRadius: 3, bgcolor: 'action.selected', overflow: 'hidden' }}>
        <Box sx={{ width: `${(100 * done) / steps.length}%`, height: '100%', bgcolor: 'primary.main' }} />
      </Box>
      <Typography variant="body2" color="text.secondary">
        {words}
      </Typography>
    </Box>
  );
}

function StepRow({ step, isNext }: { step: Step; isNext: boolean }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { name, state, count, wanted, isOptional } = step;
  const counted = { count: formatNumber(count, locale), wanted: formatNumber(wanted, locale) };
  return (
    <ListItem disablePadding data-step={name} data-state={state}>
      <ListItemButton component={LinkBase} to={pathOf(step)} selected={isNext} sx={{ borderRadius: 2, py: 0.75 }}>
        <ListItemIcon sx={{ minWidth: 40 }}>
          <StepIcon state={state} />
        </ListItemIcon>
        <ListItemText
          primary={
            <>
              {translate(`peyk.first.step.${name}`)}
              {isOptional && (
                <Typography component="span" variant="caption" color="text.secondary">
                  {' '}
                  {translate('peyk.first.optional')}
                </Typography>
              )}
            </>
          }
          secondary={translate(`peyk.first.${state}.${name}`, counted)}
          slotProps={{ primary: { sx: { fontWeight: isNext ? 600 : 400 } } }}
        />
      </ListItemButton>
    </ListItem>
  );
}

/** Puts the list away for the whole shop, or brings it back to the first page. */
function PutAway({ data, isAlways }: { data: FirstHour; isAlways: boolean }) {
  const translate = useTranslate();
  const operator = useOperator();
  const isAway = data.dismissedAt !== null;
  const { start, isRunning } = useOperatorAction(
    () => operator.dismissFirstHour(!isAway),
    `peyk.first.${isAway ? 'brought_back' : 'put_away'}`,
  );
  if (data.isDone || (isAway && !isAlways)) return null;
  return (
    <MuiButton size="small" color="inherit" disabled={isRunning} onClick={() => void start()}>
      {translate(`peyk.first.${isAway ? 'bring_back' : 'dismiss'}`)}
    </MuiButton>
  );
}
