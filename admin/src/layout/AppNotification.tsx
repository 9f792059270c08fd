import { Notification } from 'react-admin';

/**
 * How an action ended, told below the bar of the page. The framework tells it at the bottom, where the next answer is
 * written; and nothing in it can be pressed, so clicks go through to what it covers.
 */
export function AppNotification() {
  return (
    <Notification
      anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
      sx={{ pointerEvents: 'none', mt: { xs: 5, sm: 4 } }}
    />
  );
}
