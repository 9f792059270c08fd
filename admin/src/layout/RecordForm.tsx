import type { ReactNode } from 'react';
import { Create, DeleteButton, Edit, SaveButton, SimpleForm, Toolbar, type TransformData } from 'react-admin';

interface RecordFormProps {
  children: ReactNode;
  /** Whether the record can be removed here; asks first. */
  canDelete?: boolean;
  /** What of the form is sent. */
  transform?: TransformData;
}

interface RecordEditProps extends RecordFormProps {
  /** What stands above the form, with the record. */
  above?: ReactNode;
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
export function RecordEdit({ children, canDelete = true, transform, above }: RecordEditProps) {
  return (
    <Edit mutationMode="pessimistic" redirect="list" transform={transform} sx={{ maxWidth: 800 }}>
      {above}
      <SimpleForm toolbar={<FormToolbar canDelete={canDelete} />}>{children}</SimpleForm>
    </Edit>
  );
}

interface RecordCreateProps extends Omit<RecordFormProps, 'canDelete'> {
  /** Where the person goes afterwards; to the list, unless told. */
  redirect?: 'list' | 'edit';
  title?: string;
  /** What the form begins with. */
  record?: Record<string, unknown>;
}

export function RecordCreate({ children, transform, redirect = 'list', title, record }: RecordCreateProps) {
  return (
    <Create redirect={redirect} transform={transform} title={title} record={record} sx={{ maxWidth: 800 }}>
      <SimpleForm>{children}</SimpleForm>
    </Create>
  );
}
