import Box from '@mui/material/Box';
import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from 'react';
import { useTranslate } from 'react-admin';

interface FileDropProps {
  /** Absent: the channel carries no files, and the browser does what it would. */
  onFiles: ((files: readonly File[]) => void) | undefined;
  children: ReactNode;
}

/** Takes files that are pasted into it or dropped on it. */
export function FileDrop({ onFiles, children }: FileDropProps) {
  const translate = useTranslate();
  const [isOver, setIsOver] = useState(false);

  function paste(event: ClipboardEvent) {
    // Office programs put a picture of a text beside the text itself: then the text is meant.
    if (!onFiles || event.clipboardData.files.length === 0 || event.clipboardData.getData('text/plain') !== '') return;
    event.preventDefault();
    onFiles([...event.clipboardData.files]);
  }

  function drag(event: DragEvent) {
    if (!onFiles || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(true);
  }

  function leave(event: DragEvent) {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
  }

  function drop(event: DragEvent) {
    setIsOver(false);
    if (!onFiles || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    onFiles([...event.dataTransfer.files]);
  }

  return (
    <Box
      onPaste={paste}
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={leave}
      onDrop={drop}
      sx={
        isOver ? { outline: '2px dashed', outlineColor: 'primary.main', outlineOffset: 4, borderRadius: 1 } : undefined
      }
    >
      {isOver && (
        <Box sx={{ typography: 'body2', color: 'primary.main', mb: 1 }}>{translate('peyk.enclosed.drop_here')}</Box>
      )}
      {children}
    </Box>
  );
}
