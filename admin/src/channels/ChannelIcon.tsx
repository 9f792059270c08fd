import DirectamIcon from '@mui/icons-material/AlternateEmail';
import OtherIcon from '@mui/icons-material/ChatBubbleOutlined';
import MessengerIcon from '@mui/icons-material/Facebook';
import InstagramIcon from '@mui/icons-material/Instagram';
import SimulatorIcon from '@mui/icons-material/Science';
import SmsIcon from '@mui/icons-material/SmsOutlined';
import Box from '@mui/material/Box';
import type { ElementType } from 'react';
import { useChannelLabel } from './use-channels.ts';

/** A picture is a matter of taste: a channel without one has a speech bubble. */
const ICONS: Readonly<Record<string, ElementType>> = {
  directam: DirectamIcon,
  instagram: InstagramIcon,
  messenger: MessengerIcon,
  sms: SmsIcon,
  simulator: SimulatorIcon,
};

/** Where a customer writes from, small enough for the corner of a picture. */
export function ChannelIcon({ channel }: { channel: string }) {
  const labelOf = useChannelLabel();
  const Icon = ICONS[channel] ?? OtherIcon;
  return (
    <Box
      component="span"
      sx={{ display: 'grid', bgcolor: 'background.paper', color: 'text.secondary', borderRadius: '50%', p: '1px' }}
    >
      <Icon sx={{ fontSize: 14 }} titleAccess={labelOf(channel)} />
    </Box>
  );
}
