import { DataTable } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { RowActions } from '../layout/RowActions.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { FollowUp } from '../records.ts';
import { FollowUpButtons } from './FollowUpButtons.tsx';

const FILTERS = [
  searchFilter,
  wordFilter('state', 'follow_up_state', ['pending', 'sent', 'cancelled', 'failed'], true),
];

const Column = DataTable.Col<FollowUp>;

export default function FollowUpList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'dueAt', order: 'DESC' }} emptyWords="followups">
      <DataTable<FollowUp> rowClick={false} bulkActionButtons={false}>
        <Column
          source="contactName"
          render={(row) => <ConversationLink conversationId={row.conversationId} name={contactNameOf(row)} />}
        />
        <Column
          source="state"
          render={(row) => (
            <>
              <WordChip words="follow_up_state" value={row.state} />
              <RowActions on="narrow">
                <FollowUpButtons followUp={row} />
              </RowActions>
            </>
          )}
        />
        <Column source="dueAt" render={(row) => <Moment at={row.dueAt} />} />
        <Column source="text" disableSort render={(row) => <CustomerText text={row.text} />} />
        <Column source="reason" render={(row) => <Word words="reason" value={row.reason} />} />
        <Column
          label="peyk.action_column"
          render={(row) => (
            <RowActions on="wide">
              <FollowUpButtons followUp={row} />
            </RowActions>
          )}
        />
      </DataTable>
    </RecordList>
  );
}
