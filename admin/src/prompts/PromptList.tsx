import Chip from '@mui/material/Chip';
import { DataTable, Link, useTranslate } from 'react-admin';
import { Word } from '../fields/Word.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';
import type { Prompt } from './prompt.ts';

const FILTERS = [searchFilter];
const Column = DataTable.Col<Prompt>;

export default function PromptList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'name', order: 'ASC' }} emptyWords="prompts">
      <DataTable<Prompt> rowClick={false} bulkActionButtons={false}>
        <Column
          source="name"
          render={(row) => (
            <Link to={`/prompts/${row.id}/show`}>
              <Word words="prompt_name" value={row.name} />
            </Link>
          )}
        />
        <Column source="version" render={(row) => <bdi>{row.version}</bdi>} />
        <Column source="language" render={(row) => <Word words="language" value={row.language} />} />
        <Column source="kind" render={(row) => <Word words="prompt_kind" value={row.kind} />} />
        <Column source="isCurrent" render={(row) => <PromptState prompt={row} />} />
      </DataTable>
    </RecordList>
  );
}

export function PromptState({ prompt }: { prompt: Prompt }) {
  const translate = useTranslate();
  return (
    <Chip
      size="small"
      variant="outlined"
      color={prompt.isCurrent ? 'success' : 'default'}
      label={translate(`peyk.prompts.${prompt.isCurrent ? 'current' : 'older'}`)}
    />
  );
}
