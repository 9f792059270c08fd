import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import { HttpError, LinkBase, useGetRecordId, useTranslate } from 'react-admin';
import { Page, Reading } from '../pages/Page.tsx';
import { useRead } from '../pages/use-read.ts';
import { AskedPart, MadeOfPart, ShortPart } from './WhyParts.tsx';
import { AfterPart, ChecksPart, CostPart, ProofPart, TimesPart } from './WhyProof.tsx';
import type { Why } from './why.ts';

/** Everything about one answer of the bot on one page. */
export default function DecisionShow() {
  const id = String(useGetRecordId());
  const translate = useTranslate();
  const path = `/api/decisions/${encodeURIComponent(id)}/why`;
  const { data, isPending, error } = useRead<Why>(path, { staleWith: 'outbound-messages' });
  if (error instanceof HttpError && error.status === 404) {
    return (
      <Page title="why.title">
        <Alert severity="warning">{translate('peyk.why.missing')}</Alert>
      </Page>
    );
  }
  return (
    <Page title="why.title">
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data && <WhyPage why={data} />}
    </Page>
  );
}

function WhyPage({ why }: { why: Why }) {
  const translate = useTranslate();
  const { conversation } = why;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '1fr 1fr' },
      }}
    >
      <Box sx={{ display: 'flex', gap: 1, gridColumn: '1 / -1', flexWrap: 'wrap' }}>
        <MuiButton component={LinkBase} to={`/conversations/${conversation.id}/show`} variant="contained" size="small">
          {translate('peyk.why.conversation')}
        </MuiButton>
        <MuiButton
          href={conversation.workflowUrl}
          target="_blank"
          rel="noopener noreferrer"
          size="small"
          endIcon={<OpenInNewIcon />}
        >
          {translate('peyk.why.workflow')}
        </MuiButton>
      </Box>
      <Box sx={{ gridColumn: '1 / -1' }}>
        <ShortPart why={why} />
      </Box>
      <AskedPart why={why} />
      <ProofPart why={why} />
      <MadeOfPart why={why} />
      <TimesPart why={why} />
      <ChecksPart why={why} />
      <CostPart why={why} />
      <AfterPart why={why} />
    </Box>
  );
}
