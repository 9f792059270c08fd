import { DataTable, EditButton } from 'react-admin';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';

interface Faq {
  id: string;
  language: string;
  question: string;
  answer: string;
  updatedAt: string;
}

const FILTERS = [searchFilter, wordFilter('language', 'language', ['fa', 'en'], true)];
const Column = DataTable.Col<Faq>;

export default function FaqList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'updatedAt', order: 'DESC' }} emptyWords="faqs">
      <DataTable<Faq> rowClick={false} bulkActionButtons={false}>
        <Column source="question" render={(row) => <CustomerText text={row.question} />} />
        <Column source="answer" disableSort render={(row) => <CustomerText text={row.answer} />} />
        <Column source="language" render={(row) => <Word words="language" value={row.language} />} />
        <Column source="updatedAt" render={(row) => <Moment at={row.updatedAt} />} />
        <Column label="peyk.action_column" render={() => <EditButton />} />
      </DataTable>
    </RecordList>
  );
}
