import Box from '@mui/material/Box';
import { ComposerField } from './ComposerField.tsx';
import { useComposer } from './use-composer.ts';

interface ComposerProps {
  /** Drafts of this name are kept. A composer for another name needs another React key. */
  name: string;
  label: string;
  send: (text: string) => Promise<unknown>;
  onSent: () => void;
}

/** Where a message is written, and nothing else. */
export function Composer({ name, label, send, onSent }: ComposerProps) {
  const composer = useComposer(name, send, onSent);
  return (
    <Box sx={{ p: 1.5, borderTop: 1, borderColor: 'divider' }}>
      <ComposerField composer={composer} label={label} />
    </Box>
  );
}
