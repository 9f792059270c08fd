import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useCanAccess, useDataProvider, useTranslate } from 'react-admin';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { LabelChips, useLabels } from './LabelChips.tsx';
import { Part } from './Part.tsx';

/** Labels to find it by. A new word becomes a new label. */
export function LabelsPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const operator = useOperator();
  const dataProvider = useDataProvider();
  const known = useLabels();
  const { canAccess } = useCanAccess({ resource: 'conversations', action: 'manage' });
  const { start, isRunning } = useOperatorAction(async (labels: string[]) => {
    for (const name of labels) {
      if (!known.some((label) => label.name === name)) await dataProvider.create('labels', { data: { name } });
    }
    await operator.setLabels(record.id, labels);
  }, 'peyk.done.labelled');
  if (!canAccess) {
    return (
      <Part label="labels">
        <LabelChips names={record.labels} />
      </Part>
    );
  }
  const change = (labels: string[]) => {
    const names = labels.map((label) => label.trim()).filter((label) => label !== '');
    void start([...new Set(names)]);
  };
  return (
    <Box>
      <Autocomplete
        multiple
        freeSolo
        size="small"
        options={known.map(({ name }) => name)}
        value={record.labels}
        disabled={isRunning}
        onChange={(_event, labels) => change(labels)}
        renderValue={(names) => (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
            <LabelChips names={names} onRemove={(name) => change(names.filter((other) => other !== name))} />
          </Box>
        )}
        renderInput={(params) => (
          <TextField
            {...params}
            margin="none"
            label={translate('peyk.card.labels')}
            helperText={translate('peyk.card.labels_hint')}
          />
        )}
      />
    </Box>
  );
}
