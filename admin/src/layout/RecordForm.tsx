import type { ReactNode } from 'react';
import { Create, DeleteButton, Edit, SaveButton, SimpleForm, Toolbar, type TransformData } from 'react-admin';

interface RecordFormProps {
  children: ReactNode;
  /** Whether the record can be removed here; asks first. */
  canDelete?: boolean;
  /** What of the form is sent. */
  transform?: TransformData;
}

function FormToolbar({ canDelete }: { canDelete: boolean }) {
  return (
    <Toolbar sx={{ justifyContent: 'space-between' }}>
      <SaveButton />
      {canDelete && <DeleteButton mutationMode="pessimistic" redirect="list" />}
    </Toolbar>
  );
}

/** Saved before the page goes on, so that what the server refuses is still on the screen. */
export function RecordEdit({ children, canDelete = true, transform }: RecordFormProps) {
  return (
    <Edit mutationMode="pessimistic" redirect="list" transform={transform} sx={{ maxWidth: 800 }}>
      <SimpleForm toolbar={<FormToolbar canDelete={canDelete} />}>{children}</SimpleForm>
    </Edit>
  );
}

export function RecordCreate({ children, transform }: Omit<RecordFormProps, 'canDelete'>) {
  return (
    <Create redirect="list" transform={transform} sx={{ maxWidth: 800 }}>
      <SimpleForm>{children}</SimpleForm>
    </Create>
  );
}
