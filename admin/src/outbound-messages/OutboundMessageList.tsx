import { BooleanInput, DataTable, useLocale } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { AuthorName } from '../fields/AuthorName.tsx';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { RowActions } from '../layout/RowActions.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { OutboundMessage } from '../records.ts';
import { SettleButtons } from './SettleButtons.tsx';
import { UnknownNotice } from './UnknownNotice.tsx';

// What waits for a person is offered first.
const STATES = ['unknown', 'rejected', 'blocked', 'planned', 'sending', 'sent'];
const FILTERS = [
  searchFilter,
  wordFilter('state', 'outbound_state', STATES, true),
  wordFilter('author', 'author', ['bot', 'human', 'campaign', 'follow-up']),
  CHANNEL_FILTER,
  <BooleanInput key="waitsForPerson" source="waitsForPerson" label="peyk.outbound.waits" sx={{ pl: 1.5 }} />,
];

const Column = DataTable.Col<OutboundMessage>;

export default function OutboundMessageList() {
  const locale = useLocale() ?? 'en';
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="outbound">
      <UnknownNotice />
      <DataTable<OutboundMessage> rowClick={false} bulkActionButtons={false}>
        <Column
          source="contactName"
          render={(row) => <ConversationLink conversationId={row.conversationId} name={contactNameOf(row)} />}
        />
        <Column
          source="state"
          render={(row) => (
            <>
              <WordChip words="outbound_state" value={row.state} />
              <RowActions on="narrow">
                <SettleButtons outbound={row} />
              </RowActions>
            </>
          )}
        />
        <Column source="reason" render={(row) => <Word words="reason" value={row.reason} />} />
        <Column source="author" render={(row) => <AuthorName entry={row} />} />
        <Column source="text" disableSort render={(row) => <CustomerText text={row.text} />} />
        <Column source="attempts" render={(row) => formatNumber(row.attempts, locale)} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column
          label="peyk.action_column"
          render={(row) => (
            <RowActions on="wide">
              <SettleButtons outbound={row} />
            </RowActions>
          )}
        />
      </DataTable>
    </RecordList>
  );
}
