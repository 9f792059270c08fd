import AttachIcon from '@mui/icons-material/AttachFile';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useRef } from 'react';
import { useTranslate } from 'react-admin';
import { acceptedTypes, type MediaKind } from './enclosed.ts';

interface AttachButtonProps {
  kinds: readonly MediaKind[];
  onFiles: (files: readonly File[]) => void;
}

/** Chooses files; on a phone also what the camera or the recorder makes of them. Nothing on a channel that carries none. */
export function AttachButton({ kinds, onFiles }: AttachButtonProps) {
  const translate = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  if (kinds.length === 0) return null;
  const name = translate('peyk.enclosed.attach');
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptedTypes(kinds)}
        data-testid="attach"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again after it was taken out.
          target.value = '';
        }}
      />
      <Tooltip title={name}>
        <IconButton onClick={() => input.current?.click()} aria-label={name}>
          <AttachIcon />
        </IconButton>
      </Tooltip>
    </>
  );
}
