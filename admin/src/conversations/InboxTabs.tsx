import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { useTranslate } from 'react-admin';
import { INBOX_TABS, type InboxQuery } from './inbox-query.ts';

interface InboxTabsProps {
  query: InboxQuery;
  onChange: (query: InboxQuery) => void;
}

/** The quick choices. They are buttons, not tabs, since they narrow one list instead of showing several. */
export function InboxTabs({ query, onChange }: InboxTabsProps) {
  const translate = useTranslate();
  return (
    <Box
      role="group"
      aria-label={translate('peyk.inbox.tabs')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, px: 1.5, pt: 1.5 }}
    >
      {INBOX_TABS.map((tab) => {
        const isChosen = tab === query.tab;
        return (
          <Chip
            key={tab}
            size="small"
            clickable
            component="button"
            aria-pressed={isChosen}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'filled' : 'outlined'}
            label={translate(`peyk.inbox.tab.${tab}`)}
            onClick={() => onChange({ ...query, tab })}
          />
        );
      })}
    </Box>
  );
}
