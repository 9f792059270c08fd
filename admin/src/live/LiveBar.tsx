import Alert from '@mui/material/Alert';
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
    <div role="status" aria-live="polite">
      {isShown && (
        <Alert severity="warning" square sx={{ py: 0 }}>
          {translate('peyk.live.reconnecting')}
        </Alert>
      )}
    </div>
  );
}
