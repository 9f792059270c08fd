import TuneIcon from '@mui/icons-material/Tune';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Collapse from '@mui/material/Collapse';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useChannelLabel, useChannels } from '../channels/use-channels.ts';
import { ChoiceFilter } from './ChoiceFilter.tsx';
import { countChoices, INBOX_CHOICES, type InboxQuery } from './inbox-query.ts';
import { useLabels } from './LabelChips.tsx';
import { SavedFilters } from './SavedFilters.tsx';

interface InboxFiltersProps {
  query: InboxQuery;
  onChange: (query: InboxQuery) => void;
}

/** So long after the last key the search begins. */
const SEARCH_DELAY_MS = 300;

const WORDS = {
  mode: ['bot', 'human', 'paused'],
  status: ['open', 'window_closed', 'closed'],
} as const;

/** Search, and the narrower choices behind a button. */
export function InboxFilters({ query, onChange }: InboxFiltersProps) {
  const translate = useTranslate();
  const labels = useLabels();
  const channels = useChannels();
  const channelLabelOf = useChannelLabel();
  const chosen = countChoices(query);
  const [isOpen, setIsOpen] = useState(chosen > 0);
  const optionsOf = (name: (typeof INBOX_CHOICES)[number]) => {
    if (name === 'label') return labels.map((label) => ({ value: label.name, text: label.name }));
    if (name === 'channel')
      return channels.map((channel) => ({ value: channel.name, text: channelLabelOf(channel.name) }));
    return WORDS[name].map((value) => ({ value, text: translate(`peyk.${name}.${value}`) }));
  };
  return (
    <Box sx={{ px: 1.5, pt: 1, pb: 0.5 }}>
      <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center' }}>
        <SearchField value={query.q} onChange={(q) => onChange({ ...query, q })} />
        <IconButton
          onClick={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
          aria-label={translate('peyk.inbox.filters')}
          size="small"
        >
          <Badge color="primary" variant="dot" invisible={chosen === 0}>
            <TuneIcon fontSize="small" />
          </Badge>
        </IconButton>
      </Box>
      <Collapse in={isOpen} unmountOnExit>
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1, pt: 1 }}>
          {INBOX_CHOICES.map((name) => (
            <ChoiceFilter
              key={name}
              label={translate(`peyk.inbox.by.${name}`)}
              options={optionsOf(name)}
              value={query[name]}
              onChange={(value) => onChange({ ...query, [name]: value })}
            />
          ))}
        </Box>
        <SavedFilters query={query} onChange={onChange} />
      </Collapse>
    </Box>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const translate = useTranslate();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  });

  function pressKey(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'Escape') return;
    onChange('');
    (event.target as HTMLElement).blur();
  }

  return (
    <TextField
      type="search"
      size="small"
      margin="none"
      fullWidth
      placeholder={translate('peyk.inbox.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={pressKey}
      slotProps={{ htmlInput: { 'aria-label': translate('peyk.inbox.search'), dir: 'auto', maxLength: 200 } }}
    />
  );
}
