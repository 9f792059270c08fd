import MuiButton, { type ButtonProps } from '@mui/material/Button';
import DialogContentText from '@mui/material/DialogContentText';
import { type ReactNode, useState } from 'react';
import { Confirm, useTranslate } from 'react-admin';
import { useOperatorAction } from './use-operator-action.ts';

interface ActionButtonProps {
  /** Key below `peyk.action`. */
  action: string;
  /** Key below `peyk.done`, shown afterwards. */
  done: string;
  run: () => Promise<unknown>;
  /** Asks first when given; the texts are `<confirm>_title` and `<confirm>_text` below `peyk.confirm`. */
  confirm?: string;
  /** What else is chosen there, below the text. */
  choice?: ReactNode;
  color?: ButtonProps['color'];
  variant?: ButtonProps['variant'];
  /** The key of the keyboard that does the same. */
  shortcut?: string;
}

/** A button for one operator action: asks where it should, runs once at a time, and says how it ended. */
export function ActionButton(props: ActionButtonProps) {
  const { action, done, run, confirm, choice, color, variant = 'outlined', shortcut } = props;
  const translate = useTranslate();
  const [isAsking, setIsAsking] = useState(false);
  const { start, isRunning } = useOperatorAction(run, `peyk.done.${done}`);
  const begin = () => {
    setIsAsking(false);
    void start();
  };
  return (
    <>
      <MuiButton
        size="small"
        variant={variant}
        color={color}
        disabled={isRunning}
        aria-keyshortcuts={shortcut}
        onClick={confirm ? () => setIsAsking(true) : begin}
      >
        {translate(`peyk.action.${action}`)}
      </MuiButton>
      {confirm && (
        <Confirm
          isOpen={isAsking}
          title={translate(`peyk.confirm.${confirm}_title`)}
          content={
            choice ? (
              <>
                <DialogContentText>{translate(`peyk.confirm.${confirm}_text`)}</DialogContentText>
                {choice}
              </>
            ) : (
              translate(`peyk.confirm.${confirm}_text`)
            )
          }
          onConfirm={begin}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
