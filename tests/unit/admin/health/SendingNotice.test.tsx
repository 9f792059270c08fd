// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { AdminContext, memoryStore, testDataProvider } from 'react-admin';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SendingNotice } from '../../../../admin/src/health/SendingNotice.tsx';
import type { LocaleCode } from '../../../../admin/src/providers/i18n-provider.ts';
import type { OperatorActions } from '../../../../admin/src/providers/operator-actions.ts';
import { OperatorContext } from '../../../../admin/src/providers/use-operator.ts';
import { panelWords } from '../panel-words.tsx';

const PAUSED = { pausedAt: '2026-03-01T12:00:00.000Z', reason: 'restored', canChange: true };

function show(sending: object, locale: LocaleCode = 'en') {
  const read = vi.fn(async () => sending);
  const resumeSending = vi.fn(async () => ({}));
  render(
    <OperatorContext value={{ read, resumeSending } as unknown as OperatorActions}>
      <AdminContext dataProvider={testDataProvider()} i18nProvider={panelWords(locale)} store={memoryStore()}>
        <SendingNotice />
      </AdminContext>
    </OperatorContext>,
  );
  return { read, resumeSending };
}

afterEach(cleanup);

describe('SendingNotice', () => {
  it('says nothing while messages leave', async () => {
    const { read } = show({ pausedAt: null, reason: '', canChange: true });
    await waitFor(() => expect(read).toHaveBeenCalledWith('/api/sending'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says why nothing leaves, and lets messages leave after asking', async () => {
    const { resumeSending } = show(PAUSED);
    expect((await screen.findByRole('alert')).textContent).toContain('restored from a backup');
    fireEvent.click(screen.getByRole('button', { name: 'Let messages leave' }));
    expect(resumeSending).not.toHaveBeenCalled();
    fireEvent.click(await screen.findByRole('button', { name: 'Confirm' }));
    await waitFor(() => expect(resumeSending).toHaveBeenCalledOnce());
  });

  it('has no button for those who may not, and says who may', async () => {
    show({ ...PAUSED, reason: 'stocktaking', canChange: false }, 'fa');
    const { textContent } = await screen.findByRole('alert');
    expect(textContent).toContain('stocktaking');
    expect(textContent).toContain('مدیر این سامانه');
    expect(screen.queryByRole('button')).toBeNull();
  });
});
