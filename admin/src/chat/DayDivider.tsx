import Divider from '@mui/material/Divider';
import Typography from '@mui/material/Typography';
import { useLocale } from 'react-admin';
import { formatDay } from '../fields/moment.ts';

/** Where a day of the chat begins, in the reader's calendar. */
export function DayDivider({ at, nowMs }: { at: string; nowMs: number }) {
  const locale = useLocale() ?? 'en';
  return (
    <li>
      <Divider>
        <Typography variant="caption" color="text.secondary">
          {formatDay(at, locale, nowMs)}
        </Typography>
      </Divider>
    </li>
  );
}
