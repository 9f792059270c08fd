import DoneIcon from '@mui/icons-material/CheckCircle';
import OpenIcon from '@mui/icons-material/RadioButtonUnchecked';
import StartedIcon from '@mui/icons-material/Timelapse';
import type { ReactElement } from 'react';

export type StepState = 'open' | 'started' | 'done';

const ICONS: Readonly<Record<StepState, ReactElement>> = {
  done: <DoneIcon color="success" />,
  started: <StartedIcon color="warning" />,
  open: <OpenIcon color="disabled" />,
};

/** How far something has come; words beside it say the same. */
export const StepIcon = ({ state }: { state: StepState }) => ICONS[state];
