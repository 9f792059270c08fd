// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { AdminContext, memoryStore } from 'react-admin';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WhenDialog } from '../../../../admin/src/fields/WhenDialog.tsx';
import { panelWords } from '../panel-words.tsx';

const onSave = vi.fn();

function show() {
  render(
    <AdminContext i18nProvider={panelWords('en')} store={memoryStore()}>
      <WhenDialog title="When?" initialMs={Date.now()} isBusy={false} onSave={onSave} onClose={() => undefined} />
    </AdminContext>,
  );
  return screen.getByLabelText('New time');
}

afterEach(() => {
  cleanup();
  onSave.mockClear();
});

describe('WhenDialog', () => {
  it('has the field ready to type in, and saves a time to come with Enter', () => {
    const field = show();
    expect(document.activeElement).toBe(field);
    fireEvent.change(field, { target: { value: '2099-01-01T10:00' } });
    fireEvent.submit(field);
    expect(onSave.mock.calls).toEqual([[new Date('2099-01-01T10:00').toISOString()]]);
  });

  it('saves no time that is over, and says so', () => {
    const field = show();
    fireEvent.change(field, { target: { value: '2020-01-01T10:00' } });
    fireEvent.submit(field);
    expect(onSave).not.toHaveBeenCalled();
    expect(screen.getByText('Choose a time in the future.')).toBeTruthy();
  });
});
