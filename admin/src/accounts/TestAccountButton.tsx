import MuiButton from '@mui/material/Button';
import { useState } from 'react';
import { useNotify, useRecordContext, useRefresh, useTranslate } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { toPlainNote } from '../providers/server-words.ts';
import { useOperator } from '../providers/use-operator.ts';

/** Looks whether the stored credentials would be taken, and says what came of it. */
export function TestAccountButton() {
  const account = useRecordContext<{ id: string }>();
  const operator = useOperator();
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const [isRunning, setIsRunning] = useState(false);
  if (!account) return null;

  async function test(id: string) {
    setIsRunning(true);
    try {
      const { ok, note } = await operator.testAccount(id);
      const why = translate(toPlainNote(note), { _: note });
      if (ok) notify('peyk.account.test_ok', { type: 'success' });
      else notify('peyk.account.test_failed', { type: 'warning', messageArgs: { note: why } });
      refresh();
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
    } finally {
      setIsRunning(false);
    }
  }
  return (
    <MuiButton variant="outlined" disabled={isRunning} onClick={() => void test(account.id)} sx={{ mb: 2 }}>
      {translate('peyk.action.test_account')}
    </MuiButton>
  );
}
