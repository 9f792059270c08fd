import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';

const STEPS = ['choose', 'enter', 'check'] as const;

/** How far a person has come with connecting a channel. */
export function ConnectStepper({ at }: { at: (typeof STEPS)[number] | 'done' }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const active = at === 'done' ? STEPS.length : STEPS.indexOf(at);
  return (
    <Stepper activeStep={active} sx={{ my: 2, maxWidth: 800 }}>
      {STEPS.map((name, index) => (
        <Step key={name}>
          <StepLabel
            aria-current={index === active ? 'step' : undefined}
            slotProps={index < active ? {} : { stepIcon: { icon: formatNumber(index + 1, locale) } }}
          >
            {translate(`peyk.connect.${name}`)}
          </StepLabel>
        </Step>
      ))}
    </Stepper>
  );
}
