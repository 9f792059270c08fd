import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { DataTable, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';
import { useOperator } from '../providers/use-operator.ts';

interface ApiKey {
  id: string;
  name: string;
  scopes: string[];
  lastFour: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  createdAt: string;
}

const FILTERS = [searchFilter];
const Column = DataTable.Col<ApiKey>;

export default function ApiKeyList() {
  const translate = useTranslate();
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="keys">
      <DataTable<ApiKey> rowClick={false} bulkActionButtons={false}>
        <Column source="name" render={(row) => <bdi>{row.name}</bdi>} />
        <Column source="lastFour" disableSort render={(row) => <bdi>…{row.lastFour}</bdi>} />
        <Column
          source="scopes"
          disableSort
          render={(row) => (
            <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', maxWidth: 420 }}>
              {row.scopes.map((scope) => (
                <Chip key={scope} size="small" label={translate(`peyk.permission.${scope}`, { _: scope })} />
              ))}
            </Box>
          )}
        />
        <Column
          source="lastUsedAt"
          render={(row) => (row.lastUsedAt ? <Moment at={row.lastUsedAt} /> : translate('peyk.keys.never'))}
        />
        <Column source="revokedAt" render={(row) => <KeyState apiKey={row} />} />
        <Column label="peyk.action_column" render={(row) => <RevokeButton apiKey={row} />} />
      </DataTable>
    </RecordList>
  );
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const translate = useTranslate();
  const isRevoked = apiKey.revokedAt !== null;
  return (
    <Chip
      size="small"
      variant="outlined"
      color={isRevoked ? 'default' : 'success'}
      label={translate(`peyk.keys.${isRevoked ? 'revoked' : 'works'}`)}
    />
  );
}

function RevokeButton({ apiKey }: { apiKey: ApiKey }) {
  const operator = useOperator();
  if (apiKey.revokedAt !== null) return null;
  return (
    <ActionButton
      action="revoke"
      done="revoked"
      color="error"
      confirm="revoke"
      run={() => operator.revokeKey(apiKey.id)}
    />
  );
}
