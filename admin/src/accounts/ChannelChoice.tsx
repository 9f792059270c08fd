import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import type { ChannelListing } from '../../../src/channels/channel-rules.ts';
import { ChannelIcon } from '../channels/ChannelIcon.tsx';
import { formatNumber } from '../fields/moment.ts';

interface ChannelChoiceProps {
  channels: readonly ChannelListing[];
  onChoose: (channel: string) => void;
}

/** Every channel that can be connected, with what its descriptor says of it. */
export function ChannelChoice({ channels, onChoose }: ChannelChoiceProps) {
  const language = useLocale() === 'fa' ? 'fa' : 'en';
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        maxWidth: 800,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 240px), 1fr))',
      }}
    >
      {channels.map((channel) => (
        <Card key={channel.name} variant="outlined">
          <CardActionArea
            onClick={() => onChoose(channel.name)}
            sx={{ p: 2, height: '100%' }}
            data-channel={channel.name}
          >
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 0.5 }}>
              <ChannelIcon channel={channel.name} />
              <Typography variant="subtitle1" component="h2" sx={{ fontWeight: 600 }}>
                {channel.label[language]}
              </Typography>
            </Box>
            <WindowWords channel={channel} />
          </CardActionArea>
        </Card>
      ))}
    </Box>
  );
}

function WindowWords({ channel: { window, isOn } }: { channel: ChannelListing }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const words =
    window.kind === 'none'
      ? translate('peyk.connect.no_window')
      : translate('peyk.connect.window', { hours: formatNumber(window.hoursByDefault, locale) });
  return (
    <>
      <Typography variant="body2" color="text.secondary">
        {words}
      </Typography>
      {!isOn && (
        <Typography variant="body2" color="warning.main">
          {translate('peyk.connect.off')}
        </Typography>
      )}
    </>
  );
}
