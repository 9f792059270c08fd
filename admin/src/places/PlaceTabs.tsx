import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import { LinkBase, useTranslate } from 'react-admin';
import type { Section } from './places.ts';
import { useOwnPlaces, useWhereabouts } from './use-places.ts';

/** The screens of the place where the person is. Nothing where there is only one. */
export function PlaceTabs() {
  const translate = useTranslate();
  const own = useOwnPlaces();
  const here = useWhereabouts();
  const place = own.find(({ name }) => name === here?.place.name);
  if (!here || !place) return null;
  const around = own.find(({ name }) => name === place.within);
  const within = own.filter((other) => other.within === place.name);
  if (place.sections.length + within.length < 2 && !around) return null;
  return (
    <Box
      component="nav"
      aria-label={translate('peyk.place.sections', { place: translate(`peyk.place.${place.name}`) })}
      sx={{ display: 'flex', gap: 0.5, overflowX: 'auto', minWidth: 0, scrollbarWidth: 'none' }}
    >
      {around && <Tab to={around.sections[0].to} words={`peyk.place.${around.name}`} isBack />}
      {place.sections.map((section) => (
        <Tab
          key={section.to}
          to={section.to}
          words={`peyk.section.${section.name}`}
          isChosen={section.to === here.section.to}
        />
      ))}
      {within.map(({ name, sections: [first] }) => (
        <Tab key={name} to={first.to} words={`peyk.place.${name}`} />
      ))}
    </Box>
  );
}

interface TabProps {
  to: Section['to'];
  words: string;
  isChosen?: boolean;
  /** Leads out of a place within another. */
  isBack?: boolean;
}

function Tab({ to, words, isChosen = false, isBack = false }: TabProps) {
  const translate = useTranslate();
  return (
    <Box
      component={LinkBase}
      to={to}
      aria-current={isChosen ? 'page' : undefined}
      sx={{
        flexShrink: 0,
        display: 'inline-flex',
        alignItems: 'center',
        minHeight: 44,
        px: 1.25,
        color: 'inherit',
        fontSize: '0.875rem',
        whiteSpace: 'nowrap',
        textDecoration: 'none',
        fontWeight: isChosen ? 700 : 400,
        borderBlock: '3px solid transparent',
        borderBlockEndColor: isChosen ? 'currentcolor' : 'transparent',
        '&:hover': { bgcolor: 'action.hover' },
        '&:focus-visible': { outline: '2px solid currentcolor', outlineOffset: -4 },
      }}
    >
      {isBack && (
        <BackIcon
          fontSize="small"
          sx={{ marginInlineEnd: 0.5, transform: (theme) => (theme.direction === 'rtl' ? 'scaleX(-1)' : 'none') }}
        />
      )}
      {translate(words)}
    </Box>
  );
}
