import SoundIcon from '@mui/icons-material/AudioFileOutlined';
import CloseIcon from '@mui/icons-material/Close';
import FilmIcon from '@mui/icons-material/MovieOutlined';
import AgainIcon from '@mui/icons-material/Refresh';
import ProductIcon from '@mui/icons-material/ShoppingBagOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { type EnclosedFile, MAX_FILES } from './enclosed.ts';
import type { Enclosed } from './use-enclosed.ts';

const SIDE = 44;

/** What goes with the message, above the field; each can be taken out again. */
export function EnclosedStrip({ enclosed }: { enclosed: Enclosed }) {
  const translate = useTranslate();
  const { files, product } = enclosed;
  if (files.length === 0 && !product) return null;
  return (
    <Box sx={{ mb: 1 }}>
      {enclosed.isFull && (
        <Alert severity="warning" sx={{ mb: 1, py: 0 }}>
          {translate('peyk.enclosed.too_many', { smart_count: MAX_FILES })}
        </Alert>
      )}
      <Box
        component="ul"
        aria-label={translate('peyk.enclosed.list')}
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          maxHeight: 180,
          overflowY: 'auto',
        }}
      >
        {files.map((file) => (
          <Item
            key={file.key}
            name={file.name}
            picture={<FilePicture file={file} />}
            fault={file.fault}
            onAgain={file.fault ? () => enclosed.uploadAgain(file.key) : undefined}
            onRemove={() => enclosed.removeFile(file.key)}
          />
        ))}
        {product && (
          <Item
            name={product.title}
            picture={product.imageUrl ? <Thumb src={product.imageUrl} /> : <ProductIcon />}
            onRemove={() => enclosed.setProduct(null)}
          />
        )}
      </Box>
    </Box>
  );
}

interface ItemProps {
  name: string;
  picture: ReactNode;
  fault?: string | null;
  onAgain?: (() => void) | undefined;
  onRemove: () => void;
}

function Item({ name, picture, fault = null, onAgain, onRemove }: ItemProps) {
  const translate = useTranslate();
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        maxWidth: { xs: '100%', md: 300 },
        border: 1,
        borderColor: fault ? 'error.main' : 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        p: 0.5,
      }}
    >
      <Box
        sx={{
          width: SIDE,
          height: SIDE,
          flexShrink: 0,
          display: 'grid',
          placeItems: 'center',
          overflow: 'hidden',
          borderRadius: 1,
          bgcolor: 'action.hover',
        }}
      >
        {picture}
      </Box>
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Typography variant="body2" dir="auto" noWrap>
          {name}
        </Typography>
        {fault && (
          <Typography variant="caption" color="error" component="p" role="alert" sx={{ m: 0 }}>
            {translate(fault, { _: fault })}
          </Typography>
        )}
      </Box>
      {onAgain && (
        <IconButton size="small" onClick={onAgain} aria-label={translate('peyk.enclosed.again', { name })}>
          <AgainIcon fontSize="small" />
        </IconButton>
      )}
      <IconButton size="small" onClick={onRemove} aria-label={translate('peyk.enclosed.remove', { name })}>
        <CloseIcon fontSize="small" />
      </IconButton>
    </Box>
  );
}

function FilePicture({ file: { upload, fault, name } }: { file: EnclosedFile }) {
  const translate = useTranslate();
  if (upload?.kind === 'image') return <Thumb src={upload.shownAt} />;
  if (upload?.kind === 'audio') return <SoundIcon />;
  if (upload || fault) return <FilmIcon color={fault ? 'error' : 'inherit'} />;
  return <CircularProgress size={22} aria-label={translate('peyk.enclosed.uploading', { name })} />;
}

/** Its name stands beside it. */
function Thumb({ src }: { src: string }) {
  return <Box component="img" src={src} alt="" sx={{ width: SIDE, height: SIDE, objectFit: 'cover' }} />;
}
