import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { accountRecord } from '../../../src/accounts/resource.ts';
import { useChannels } from '../channels/use-channels.ts';
import { Moment } from '../fields/Moment.tsx';
import { StepIcon, type StepState } from '../layout/StepIcon.tsx';
import { Section } from '../pages/Section.tsx';
import { useRead } from '../pages/use-read.ts';
import { toPlainNote } from '../providers/server-words.ts';
import { ConnectStepper } from './ConnectStepper.tsx';
import { TestAccountButton } from './TestAccountButton.tsx';
import { TestSend } from './TestSend.tsx';

export type Account = z.output<typeof accountRecord>;

/** Whoever waits for the first message looks at the page. */
const EVERY_MS = 3000;

/** Whether an account really works: its keys, the first message that comes, the first that leaves, and what is missing. */
export function ConnectionCard() {
  const translate = useTranslate();
  const known = useRecordContext<Account>();
  const { data: account = known } = useRead<Account>(`/api/accounts/${known?.id}`, {
    everyMs: EVERY_MS,
    staleWith: 'accounts',
    enabled: known !== undefined,
  });
  const channel = useChannels().find(({ name }) => name === account?.channel);
  if (!account || account.status === 'removed') return null;
  const { status, statusNote, lastInboundAt, lastSentAt } = account;
  const isConnected = status === 'active' && lastInboundAt !== null && lastSentAt !== null;
  return (
    <>
      <ConnectStepper at={isConnected ? 'done' : 'check'} />
      <Box sx={{ maxWidth: 800, mb: 2 }} data-testid="connection">
        <Section title="connect.state">
          {channel && !channel.isOn && <Row state="open" words={translate('peyk.account.channel_off')} />}
          <Row
            state={status === 'active' ? 'done' : 'open'}
            words={
              status === 'active'
                ? translate('peyk.connect.keys')
                : translate(toPlainNote(statusNote), { _: statusNote || translate(`peyk.account_status.${status}`) })
            }
          >
            <TestAccountButton />
          </Row>
          <Row
            state={lastInboundAt ? 'done' : 'started'}
            words={translate(`peyk.connect.${lastInboundAt ? 'received' : 'waiting'}`)}
          >
            {lastInboundAt && <Moment at={lastInboundAt} />}
          </Row>
          <Row
            state={lastSentAt ? 'done' : 'open'}
            words={translate(`peyk.connect.${lastSentAt ? 'sent' : lastInboundAt ? 'send_test' : 'send_later'}`)}
          >
            {lastSentAt && <Moment at={lastSentAt} />}
            {lastInboundAt && <TestSend accountId={account.id} />}
          </Row>
        </Section>
      </Box>
    </>
  );
}

function Row({ state, words, children }: { state: StepState; words: string; children?: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 1.5, py: 1 }} data-state={state}>
      <StepIcon state={state} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body1">
          <bdi>{words}</bdi>
        </Typography>
        {children}
      </Box>
    </Box>
  );
}
