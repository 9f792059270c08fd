import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import Alert from '@mui/material/Alert';
import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { type ChangeEvent, useState } from 'react';
import { Button, useCanAccess, useNotify, useRefresh, useTranslate } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import { ReasonList } from '../sync-runs/ReasonList.tsx';
import type { SyncRun } from '../sync-runs/sync-run.ts';
import { CURRENCIES } from './product.ts';

/** Takes a table of products and says what became of each row. */
export function ImportButton() {
  const { canAccess } = useCanAccess({ resource: 'products', action: 'create' });
  const [isOpen, setIsOpen] = useState(false);
  if (!canAccess) return null;
  return (
    <>
      <Button label="peyk.action.import_products" onClick={() => setIsOpen(true)}>
        <UploadIcon />
      </Button>
      {isOpen && <ImportDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const operator = useOperator();
  const notify = useNotify();
  const refresh = useRefresh();
  const [currency, setCurrency] = useState('IRT');
  const [isBusy, setIsBusy] = useState(false);
  const [run, setRun] = useState<SyncRun | null>(null);

  async function take(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setIsBusy(true);
    setRun(null);
    try {
      setRun(await operator.importProducts<SyncRun>(file, currency));
      refresh();
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
    } finally {
      setIsBusy(false);
    }
  }

  async function download(): Promise<void> {
    const { rows } = await operator.read<{ rows: string[][] }>('/api/catalog/import-template');
    // The mark tells spreadsheets that it is UTF-8.
    const text = `\ufeff${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = 'products.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm">
      <DialogTitle>{translate('peyk.catalog.import_title')}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{translate('peyk.catalog.import_text')}</DialogContentText>
        <TextField
          select
          fullWidth
          size="small"
          label={translate('peyk.catalog.import_currency')}
          value={currency}
          onChange={(event) => setCurrency(event.target.value)}
        >
          {CURRENCIES.map((code) => (
            <MenuItem key={code} value={code}>
              {translate(`peyk.currency.${code}`)}
            </MenuItem>
          ))}
        </TextField>
        {run && (
          <Alert severity={run.state === 'done' ? 'success' : 'warning'} sx={{ mt: 2 }}>
            {translate('peyk.catalog.import_result', { ...run })}
            <ReasonList reasons={run.reasons} />
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={() => void download()}>{translate('peyk.action.download_template')}</MuiButton>
        <MuiButton component="label" variant="contained" loading={isBusy}>
          {translate('peyk.action.choose_file')}
          <input
            type="file"
            accept=".csv,.xlsx,text/csv"
            hidden
            onChange={(event) => void take(event)}
            data-testid="import-file"
          />
        </MuiButton>
        <MuiButton onClick={onClose}>{translate('ra.action.close')}</MuiButton>
      </DialogActions>
    </Dialog>
  );
}
