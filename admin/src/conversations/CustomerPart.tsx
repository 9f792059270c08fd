import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { useCanAccess, useDataProvider, useGetOne, useTranslate } from 'react-admin';
import { ChannelName } from '../channels/ChannelName.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import type { Contact, Conversation } from '../records.ts';

/** The customer: name and note can be changed, the rest is what the channel told. */
export function CustomerPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const { data: contact } = useGetOne<Contact>('contacts', { id: record.contactId });
  const { canAccess: canEdit } = useCanAccess({ resource: 'contacts', action: 'manage' });
  const [isEditing, setIsEditing] = useState(false);
  if (!contact) return null;
  if (isEditing) return <CustomerForm contact={contact} onClose={() => setIsEditing(false)} />;
  return (
    <Box>
      <Typography variant="h6" component="h3" sx={{ overflowWrap: 'anywhere' }}>
        <bdi>{contactNameOf({ contactName: contact.name, contactExternalId: contact.externalId })}</bdi>
      </Typography>
      <Typography variant="caption" color="text.secondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        <ChannelName channel={contact.channel} /> · <bdi>{contact.externalId}</bdi>
        {contact.language && (
          <>
            {' · '}
            <Word words="language" value={contact.language} />
          </>
        )}
      </Typography>
      {contact.optedOutAt && (
        <Alert severity="warning" sx={{ my: 1, py: 0 }}>
          {translate('peyk.card.opted_out')} <Moment at={contact.optedOutAt} />
        </Alert>
      )}
      {contact.note && (
        <Typography variant="body2" dir="auto" sx={{ mt: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {contact.note}
        </Typography>
      )}
      {canEdit && (
        <MuiButton size="small" onClick={() => setIsEditing(true)} sx={{ mt: 0.5, mx: -0.5 }}>
          {translate('peyk.action.edit_customer')}
        </MuiButton>
      )}
    </Box>
  );
}

function CustomerForm({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const translate = useTranslate();
  const dataProvider = useDataProvider();
  const [name, setName] = useState(contact.name);
  const [note, setNote] = useState(contact.note);
  const { start, isRunning } = useOperatorAction(
    () => dataProvider.update('contacts', { id: contact.id, data: { name, note }, previousData: contact }),
    'peyk.done.customer_saved',
  );

  async function save(event: FormEvent) {
    event.preventDefault();
    if (await start()) onClose();
  }

  return (
    <Box component="form" onSubmit={(event) => void save(event)} sx={{ display: 'grid', gap: 1 }}>
      <TextField
        autoFocus
        size="small"
        margin="none"
        label={translate('resources.contacts.fields.name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        slotProps={{ htmlInput: { dir: 'auto', maxLength: 200 } }}
      />
      <TextField
        multiline
        minRows={3}
        size="small"
        margin="none"
        label={translate('resources.contacts.fields.note')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        slotProps={{ htmlInput: { dir: 'auto', maxLength: 2000 } }}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <MuiButton type="submit" variant="contained" size="small" disabled={isRunning}>
          {translate('ra.action.save')}
        </MuiButton>
        <MuiButton size="small" onClick={onClose}>
          {translate('ra.action.cancel')}
        </MuiButton>
      </Box>
    </Box>
  );
}
