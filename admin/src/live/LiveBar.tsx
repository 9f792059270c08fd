import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useLiveState } from './live-state.ts';

/** A short break is nobody's business; a longer one is. */
const PATIENCE_MS = 1500;

/** Says that what is shown may be old, for as long as the connection is away. */
export function LiveBar() {
  const translate = useTranslate();
  const isAway = useLiveState() === 'away';
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (!isAway) return setIsShown(false);
    const timer = setTimeout(() => setIsShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isAway]);
  return (
    // It lies on the bar of the page and takes no clicks: nothing may move, or be covered, under a hand about to click.
    <Box
      role="status"
      sx={{
        position: 'fixed',
        top: { xs: 52, sm: 6 },
        insetInline: 0,
        zIndex: ({ zIndex }) => zIndex.appBar + 1,
        display: 'flex',
        justifyContent: 'center',
        pointerEvents: 'none',
      }}
    >
      {isShown && (
        <Alert severity="warning" variant="filled" sx={{ py: 0, boxShadow: 4 }}>
          {translate('peyk.live.reconnecting')}
        </Alert>
      )}
    </Box>
  );
}
