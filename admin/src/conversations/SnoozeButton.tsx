import SnoozeIcon from '@mui/icons-material/Snooze';
import IconButton from '@mui/material/IconButton';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useCanAccess, useLocale, useTranslate } from 'react-admin';
import { formatMoment } from '../fields/moment.ts';
import { WhenDialog } from '../fields/WhenDialog.tsx';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { snoozeChoices } from './snooze-choices.ts';

const DAY_MS = 86_400_000;

/** Puts a conversation out of sight until a time, or until the customer writes. */
export function SnoozeButton({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const operator = useOperator();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isChoosing, setIsChoosing] = useState(false);
  const { canAccess } = useCanAccess({ resource: 'conversations', action: 'manage' });
  const { start, isRunning } = useOperatorAction(
    (until: string | null) => operator.snooze(record.id, until),
    'peyk.done.snooze_changed',
  );
  if (!canAccess) return null;

  async function snooze(until: string | null) {
    setAnchor(null);
    if (await start(until)) setIsChoosing(false);
  }

  return (
    <>
      <Tooltip title={translate('peyk.action.snooze')}>
        <span>
          <IconButton
            onClick={(event) => setAnchor(event.currentTarget)}
            disabled={isRunning}
            aria-haspopup="menu"
            aria-keyshortcuts="s"
            aria-label={translate('peyk.action.snooze')}
            color={record.snoozedUntil ? 'warning' : 'default'}
          >
            <SnoozeIcon />
          </IconButton>
        </span>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {record.snoozedUntil && <MenuItem onClick={() => void snooze(null)}>{translate('peyk.snooze.back')}</MenuItem>}
        {snoozeChoices(Date.now(), locale).map(({ words, atMs }) => {
          const iso = new Date(atMs).toISOString();
          return (
            <MenuItem key={words} onClick={() => void snooze(iso)}>
              <ListItemText primary={translate(`peyk.snooze.${words}`)} secondary={formatMoment(iso, locale)} />
            </MenuItem>
          );
        })}
        <MenuItem
          onClick={() => {
            setAnchor(null);
            setIsChoosing(true);
          }}
        >
          {translate('peyk.snooze.other')}
        </MenuItem>
      </Menu>
      {isChoosing && (
        <WhenDialog
          title={translate('peyk.action.snooze')}
          initialMs={Date.now() + DAY_MS}
          isBusy={isRunning}
          onSave={(until) => void snooze(until)}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </>
  );
}
