import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useCanAccess, useDataProvider, useGetList, useTranslate } from 'react-admin';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import type { SavedFilter } from '../records.ts';
import { type InboxQuery, readInboxQuery } from './inbox-query.ts';

interface SavedFiltersProps {
  query: InboxQuery;
  onChange: (query: InboxQuery) => void;
}

/** Choices that a person comes back to, kept on the server under a name of their own. */
export function SavedFilters({ query, onChange }: SavedFiltersProps) {
  const { canAccess } = useCanAccess({ resource: 'saved-filters', action: 'view' });
  const { data = [] } = useGetList<SavedFilter>(
    'saved-filters',
    { pagination: { page: 1, perPage: 50 }, sort: { field: 'name', order: 'ASC' } },
    { enabled: canAccess === true },
  );
  if (!canAccess) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, py: 1, alignItems: 'center' }}>
      {data.map((saved) => (
        <SavedChip key={saved.id} saved={saved} onChoose={() => onChange(readInboxQuery(saved.filter))} />
      ))}
      <SaveFilter query={query} />
    </Box>
  );
}

function SavedChip({ saved, onChoose }: { saved: SavedFilter; onChoose: () => void }) {
  const dataProvider = useDataProvider();
  const { start, isRunning } = useOperatorAction(
    () => dataProvider.delete('saved-filters', { id: saved.id }),
    'peyk.done.filter_deleted',
  );
  return (
    <Chip
      size="small"
      label={<bdi>{saved.name}</bdi>}
      onClick={onChoose}
      disabled={isRunning}
      onDelete={() => void start()}
    />
  );
}

function SaveFilter({ query }: { query: InboxQuery }) {
  const translate = useTranslate();
  const dataProvider = useDataProvider();
  const [name, setName] = useState<string | null>(null);
  const { start, isRunning } = useOperatorAction(
    () => dataProvider.create('saved-filters', { data: { name: (name ?? '').trim(), filter: query } }),
    'peyk.done.filter_saved',
  );
  if (name === null) {
    return (
      <MuiButton size="small" onClick={() => setName('')}>
        {translate('peyk.action.save_filter')}
      </MuiButton>
    );
  }
  const save = async () => {
    if (name.trim() !== '' && (await start())) setName(null);
  };
  return (
    <Box
      component="form"
      sx={{ display: 'flex', gap: 0.5, width: '100%' }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        autoFocus
        size="small"
        margin="none"
        fullWidth
        label={translate('peyk.inbox.filter_name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setName(null)}
        slotProps={{ htmlInput: { maxLength: 60, dir: 'auto' } }}
      />
      <MuiButton type="submit" disabled={isRunning || name.trim() === ''}>
        {translate('ra.action.save')}
      </MuiButton>
    </Box>
  );
}
