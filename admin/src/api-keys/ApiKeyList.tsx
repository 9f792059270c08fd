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
  expiresAt: string | null;
  revokedAt: string | null;
  ownerActive: boolean;
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
        <Column
          source="expiresAt"
          render={(row) => (row.expiresAt ? <Moment at={row.expiresAt} /> : translate('peyk.keys.no_end'))}
        />
        <Column source="revokedAt" render={(row) => <KeyState apiKey={row} />} />
        <Column label="peyk.action_column" render={(row) => <RevokeButton apiKey={row} />} />
      </DataTable>
    </RecordList>
  );
}

function stateOf({ revokedAt, expiresAt, ownerActive }: ApiKey): 'works' | 'revoked' | 'expired' | 'owner_off' {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) return 'expired';
  return ownerActive ? 'works' : 'owner_off';
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const translate = useTranslate();
  const state = stateOf(apiKey);
  return (
    <Chip
      size="small"
      variant="outlined"
      color={state === 'works' ? 'success' : 'default'}
      label={translate(`peyk.keys.${state}`)}
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
