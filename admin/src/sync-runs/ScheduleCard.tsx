import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCanAccess, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { ImportButton } from '../products/ImportButton.tsx';
import { useOperator } from '../providers/use-operator.ts';

interface Schedule {
  cron: string;
  isDefault: boolean;
  paused: boolean;
  nextAt: string[];
}

/** When the shop is read by itself, and the button that reads it now. */
export function ScheduleCard() {
  const translate = useTranslate();
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'sync-runs', action: 'manage' });
  // Below the resource's key, so that whatever refreshes the runs refreshes this.
  const { data, isError } = useQuery({
    queryKey: ['sync-runs', 'schedule'],
    queryFn: () => operator.read<Schedule>('/api/catalog/schedule'),
    retry: false,
  });
  const [typed, setTyped] = useState<string | null>(null);
  const cron = typed ?? data?.cron ?? '';
  return (
    <Card variant="outlined" sx={{ p: 2, mb: 2 }}>
      <Typography component="h2" variant="h6" gutterBottom>
        {translate('peyk.catalog.schedule')}
      </Typography>
      {isError && <Typography color="text.secondary">{translate('peyk.catalog.schedule_off')}</Typography>}
      {data && (
        <Typography sx={{ mb: 1 }}>
          {data.paused ? translate('peyk.catalog.paused') : <NextTime at={data.nextAt[0]} />}
        </Typography>
      )}
      {canAccess && (
        <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <ActionButton
            action="sync_now"
            done="sync_started"
            variant="contained"
            run={() => operator.startSync(false)}
          />
          <ImportButton />
          {data && (
            <>
              <TextField
                size="small"
                fullWidth={false}
                sx={{ width: 260 }}
                label={translate('peyk.catalog.cron')}
                value={cron}
                onChange={(event) => setTyped(event.target.value)}
                slotProps={{ htmlInput: { dir: 'ltr' } }}
              />
              <ActionButton action="save_schedule" done="schedule_saved" run={() => operator.editSchedule({ cron })} />
              {!data.isDefault && (
                <ActionButton
                  action="default_schedule"
                  done="schedule_saved"
                  run={async () => {
                    await operator.editSchedule({ cron: null });
                    setTyped(null);
                  }}
                />
              )}
              <ActionButton
                action={data.paused ? 'resume_schedule' : 'pause_schedule'}
                done={data.paused ? 'schedule_resumed' : 'schedule_paused'}
                run={() => operator.editSchedule({ paused: !data.paused })}
              />
            </>
          )}
        </Stack>
      )}
    </Card>
  );
}

function NextTime({ at }: { at: string | undefined }) {
  const translate = useTranslate();
  return (
    <Box component="span">
      {translate('peyk.catalog.next', { time: '' })}
      <Moment at={at} />
    </Box>
  );
}
