import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import GlobalStyles from '@mui/material/GlobalStyles';
import { useLocale, useLocation, useTranslate } from 'react-admin';
import { formatMoment } from '../fields/moment.ts';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useRead } from '../pages/use-read.ts';
import { useOperator } from '../providers/use-operator.ts';

interface Sending {
  pausedAt: string | null;
  reason: string;
  canChange: boolean;
}

const EVERY_MS = 15_000;
/** The inbox fills the window, so there the notice has a height that the inbox can leave room for. */
const INBOX_HEIGHT_PX = 100;

/** Says on every page that no message leaves, why, and lets those who may end that. Nothing while messages leave. */
export function SendingNotice() {
  const translate = useTranslate();
  const isInbox = useLocation().pathname.startsWith('/conversations');
  const { data } = useRead<Sending>('/api/sending', { everyMs: EVERY_MS });
  if (!data?.pausedAt) return null;
  const isRestored = data.reason === 'restored' && !isInbox;
  const title = translate(`peyk.sending.${isRestored ? 'restored_title' : 'paused_title'}`);
  return (
    <Alert
      severity="error"
      sx={{ mt: 1, flexShrink: 0, ...(isInbox ? { height: INBOX_HEIGHT_PX - 8, overflow: 'hidden' } : {}) }}
      action={data.canChange && <ResumeButton />}
    >
      {isInbox && <GlobalStyles styles={{ ':root': { '--sending-notice-height': `${INBOX_HEIGHT_PX}px` } }} />}
      <AlertTitle sx={{ mb: 0 }}>{title}</AlertTitle>
      {isInbox ? translate('peyk.sending.inbox_text') : <Reason {...data} pausedAt={data.pausedAt} />}
    </Alert>
  );
}

function ResumeButton() {
  const operator = useOperator();
  return (
    <ActionButton
      action="resume_sending"
      done="sending_resumed"
      confirm="resume_sending"
      color="inherit"
      run={() => operator.resumeSending()}
    />
  );
}

function Reason({ pausedAt, reason, canChange }: Sending & { pausedAt: string }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  return (
    <>
      {translate('peyk.sending.since', { time: formatMoment(pausedAt, locale) })}.{' '}
      {reason === 'restored' ? translate('peyk.sending.restored_text') : <bdi>{reason}</bdi>}
      {!canChange && ` ${translate('peyk.sending.ask_text')}`}
    </>
  );
}
