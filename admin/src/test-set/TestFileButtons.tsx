import MuiButton from '@mui/material/Button';
import { type ChangeEvent, useRef, useState } from 'react';
import { useNotify, useRefresh, useTranslate } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';

/** Takes a set from a file that somebody wrote, and gives it as one. */
export function TestFileButtons({ mayWrite, hasRows }: { mayWrite: boolean; hasRows: boolean }) {
  const translate = useTranslate();
  const operator = useOperator();
  const notify = useNotify();
  const refresh = useRefresh();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function take(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setIsBusy(true);
    try {
      await operator.importTestSet(file);
      notify('peyk.done.test_set_imported', { type: 'success' });
      refresh();
    } catch (error) {
      notify(messageOf(error), { type: 'error', autoHideDuration: 15_000 });
    } finally {
      setIsBusy(false);
    }
  }

  async function give(): Promise<void> {
    try {
      const { yaml } = await operator.read<{ yaml: string }>('/api/test-set/export');
      const address = URL.createObjectURL(new Blob([yaml], { type: 'text/yaml' }));
      Object.assign(document.createElement('a'), { href: address, download: 'test-set.yaml' }).click();
      URL.revokeObjectURL(address);
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
    }
  }

  return (
    <>
      {mayWrite && (
        <>
          <MuiButton size="small" variant="outlined" disabled={isBusy} onClick={() => input.current?.click()}>
            {translate('peyk.action.import_test_set')}
          </MuiButton>
          <input ref={input} type="file" accept=".yaml,.yml" hidden onChange={(event) => void take(event)} />
        </>
      )}
      {hasRows && (
        <MuiButton size="small" variant="outlined" onClick={() => void give()}>
          {translate('peyk.action.export_test_set')}
        </MuiButton>
      )}
    </>
  );
}
