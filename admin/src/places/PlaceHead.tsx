import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useLocation } from 'react-admin';
import { NextSteps } from './NextSteps.tsx';
import { PlaceTabs } from './PlaceTabs.tsx';
import { useOwnPlaces, useWhereabouts } from './use-places.ts';

/** Places whose first page is a list, and so does not tell by itself what is to be done. */
const BEGINS_WITH_LIST: ReadonlySet<string> = new Set(['orders', 'customers', 'products']);
/** The inbox fills the window, so it must know how high this is. */
export const PLACE_TABS_HEIGHT_PX = 45;

/**
 * Above every page: on a phone the screens of the place, which a desk shows in its bar; and on the first page of a place
 * what is to be done there. An open chat has the whole of a phone.
 */
export function PlaceHead() {
  const { pathname } = useLocation();
  const here = useWhereabouts();
  const own = useOwnPlaces();
  const isDesk = useMediaQuery<Theme>((theme) => theme.breakpoints.up('md'));
  if (!here) return null;
  const first = own.find(({ name }) => name === here.place.name)?.sections[0].to;
  const isLanding = pathname === first && BEGINS_WITH_LIST.has(here.place.name);
  return (
    <>
      {!isDesk && !pathname.startsWith('/conversations/') && (
        <Box sx={{ mx: -1, px: 0.5, height: PLACE_TABS_HEIGHT_PX, borderBottom: 1, borderColor: 'divider' }}>
          <PlaceTabs />
        </Box>
      )}
      {isLanding && (
        <Box sx={{ mt: 1.5 }}>
          <NextSteps place={here.place.name} />
        </Box>
      )}
    </>
  );
}
