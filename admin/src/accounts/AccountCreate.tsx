import MuiButton from '@mui/material/Button';
import { useState } from 'react';
import { Loading, regex, required, TextInput, useTranslate } from 'react-admin';
import { useChannelLabel, useChannels } from '../channels/use-channels.ts';
import { RecordCreate } from '../layout/RecordForm.tsx';
import { Page } from '../pages/Page.tsx';
import { isConnectable, toAccountRequest } from './account-credentials.ts';
import { ChannelChoice } from './ChannelChoice.tsx';
import { ConnectStepper } from './ConnectStepper.tsx';
import { CredentialInputs } from './CredentialInputs.tsx';
import { HeardAccounts } from './HeardAccounts.tsx';

const ID = [required(), regex(/^[\w.@:+-]{1,200}$/, 'peyk.account.id_wrong')];

/** Connects a channel of the shop, step by step as its descriptor says; the last step is on the account's own page. */
export default function AccountCreate() {
  const translate = useTranslate();
  const channels = useChannels();
  const labelOf = useChannelLabel();
  const [channel, setChannel] = useState<string | null>(null);
  const choices = channels.filter(isConnectable);
  if (!choices[0]) return <Loading />;
  if (channel === null) {
    return (
      <Page title="connect.title" intro={translate('peyk.connect.intro')}>
        <ConnectStepper at="choose" />
        <ChannelChoice channels={choices} onChoose={setChannel} />
      </Page>
    );
  }
  return (
    <>
      <ConnectStepper at="enter" />
      <MuiButton size="small" onClick={() => setChannel(null)} sx={{ mb: 1 }}>
        {translate('peyk.connect.other', { channel: labelOf(channel) })}
      </MuiButton>
      <RecordCreate
        redirect="edit"
        title="peyk.connect.title"
        record={{ channel }}
        transform={(form) => toAccountRequest(form, channels)}
      >
        <CredentialInputs />
        <TextInput
          source="externalId"
          validate={ID}
          fullWidth
          helperText="peyk.account.id_hint"
          slotProps={{ htmlInput: { dir: 'ltr' } }}
        />
        <HeardAccounts channel={channel} validate={ID} />
        <TextInput
          source="name"
          fullWidth
          helperText="peyk.account.name_hint"
          slotProps={{ htmlInput: { dir: 'auto' } }}
        />
      </RecordCreate>
    </>
  );
}
