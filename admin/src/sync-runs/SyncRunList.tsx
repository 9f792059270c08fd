import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import { DataTable, useCanAccess, useLocale, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { wordFilter } from '../layout/word-filter.tsx';
import { useOperator } from '../providers/use-operator.ts';
import { ReasonList } from './ReasonList.tsx';
import { ScheduleCard } from './ScheduleCard.tsx';
import { isUnderWay, type SyncRun } from './sync-run.ts';

const FILTERS = [
  wordFilter('state', 'run_state', ['running', 'done', 'partial', 'failed', 'cancelled', 'queued'], true),
];
const Column = DataTable.Col<SyncRun>;

function Progress({ run }: { run: SyncRun }) {
  const locale = useLocale() ?? 'en';
  const share = run.total === 0 ? 0 : Math.min(100, (run.done / run.total) * 100);
  const hasBegun = run.total > 0 || isUnderWay(run);
  const text = hasBegun ? `${formatNumber(run.done, locale)} / ${formatNumber(run.total, locale)}` : '—';
  return (
    <Box sx={{ minWidth: 120 }}>
      <bdi>{text}</bdi> <Word words="run_phase" value={run.phase} />
      {isUnderWay(run) && (
        <LinearProgress variant={run.total === 0 ? 'indeterminate' : 'determinate'} value={share} aria-label={text} />
      )}
    </Box>
  );
}

function Result({ run }: { run: SyncRun }) {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 260 }}>
      {translate('peyk.catalog.counts', { ...run })}
      {run.rejected > 0 && ` · ${translate('peyk.catalog.rejected', { count: run.rejected })}`}
      <ReasonList reasons={run.reasons} />
    </Box>
  );
}

function Actions({ run }: { run: SyncRun }) {
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'sync-runs', action: 'manage' });
  if (!canAccess) return null;
  if (isUnderWay(run) && run.source !== 'import')
    return (
      <ActionButton
        action="cancel_sync"
        done="sync_cancelled"
        confirm="cancel_sync"
        run={() => operator.cancelSync(run.id)}
      />
    );
  return run.reasons.some(({ code }) => code === 'vanish_guard' || code === 'feed_short') ? (
    <ActionButton
      action="sync_anyway"
      done="sync_started"
      confirm="sync_anyway"
      color="warning"
      run={() => operator.startSync(true)}
    />
  ) : null;
}

/** Each reading of the shop: how far, what changed, what was not taken and why. */
export default function SyncRunList() {
  return (
    <>
      <ScheduleCard />
      <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="sync-runs">
        <DataTable<SyncRun> rowClick={false} bulkActionButtons={false}>
          <Column
            source="createdAt"
            render={(run) =>
              run.workflowUrl ? (
                <Link href={run.workflowUrl} target="_blank" rel="noopener noreferrer">
                  <Moment at={run.createdAt} />
                </Link>
              ) : (
                <Moment at={run.createdAt} />
              )
            }
          />
          <Column source="state" render={(run) => <WordChip words="run_state" value={run.state} />} />
          <Column source="done" disableSort render={(run) => <Progress run={run} />} />
          <Column source="created" disableSort render={(run) => <Result run={run} />} />
          <Column label="peyk.action_column" render={(run) => <Actions run={run} />} />
        </DataTable>
      </RecordList>
    </>
  );
}
