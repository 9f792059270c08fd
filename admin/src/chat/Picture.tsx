import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useTranslate } from 'react-admin';

interface PictureProps {
  src: string;
  name: string;
  onGone: () => void;
}

/** Small in the chat, full size over it on a click. */
export function Picture({ src, name, onGone }: PictureProps) {
  const translate = useTranslate();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <ButtonBase
        onClick={() => setIsOpen(true)}
        aria-label={translate('peyk.said.open_picture', { name })}
        sx={{ display: 'block', borderRadius: 1, overflow: 'hidden', maxWidth: '100%' }}
      >
        <Box
          component="img"
          src={src}
          alt={name}
          loading="lazy"
          onError={onGone}
          sx={{ display: 'block', maxWidth: '100%', maxHeight: 220, minHeight: 48, bgcolor: 'action.hover' }}
        />
      </ButtonBase>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} maxWidth={false} aria-label={name}>
        <IconButton
          onClick={() => setIsOpen(false)}
          aria-label={translate('peyk.said.close_picture')}
          sx={{ position: 'absolute', insetInlineEnd: 8, top: 8, bgcolor: 'background.paper', boxShadow: 1 }}
        >
          <CloseIcon />
        </IconButton>
        <Box
          component="img"
          src={src}
          alt={name}
          sx={{ display: 'block', maxWidth: '100%', maxHeight: 'calc(100dvh - 96px)', objectFit: 'contain' }}
        />
      </Dialog>
    </>
  );
}
