import ReportsIcon from '@mui/icons-material/BarChartOutlined';
import InboxIcon from '@mui/icons-material/ForumOutlined';
import ProductsIcon from '@mui/icons-material/Inventory2Outlined';
import CustomersIcon from '@mui/icons-material/PeopleAltOutlined';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import OrdersIcon from '@mui/icons-material/ShoppingBagOutlined';
import BotIcon from '@mui/icons-material/SmartToyOutlined';
import Badge from '@mui/material/Badge';
import type { Theme } from '@mui/material/styles';
import { type ReactElement, useEffect } from 'react';
import { Menu, useLocale, useTranslate } from 'react-admin';
import { entryOf, type OwnPlace } from '../places/find-place.ts';
import { useOwnPlaces, useWaiting, useWhereabouts } from '../places/use-places.ts';
import { formatCount } from '../places/waiting-count.ts';

const ICONS: Readonly<Record<string, ReactElement>> = {
  inbox: <InboxIcon />,
  orders: <OrdersIcon />,
  customers: <CustomersIcon />,
  products: <ProductsIcon />,
  bot: <BotIcon />,
  reports: <ReportsIcon />,
  settings: <SettingsIcon />,
};

/** The places of the panel that a person may use, with how much waits for somebody there. */
export function AppMenu() {
  const places = useOwnPlaces();
  const here = useWhereabouts();
  const waiting = useWaiting() ?? [];
  const countOf = (name: string) =>
    waiting.reduce((sum, { place, isUrgent, count }) => sum + (place === name && isUrgent ? count : 0), 0);
  useCountInTitle(countOf('inbox'));
  return (
    <Menu sx={RAIL}>
      {places
        .filter(({ within }) => !within)
        .map((place) => (
          <Entry
            key={place.name}
            place={place}
            count={countOf(place.name)}
            isHere={here !== null && entryOf(here.place) === place.name}
          />
        ))}
    </Menu>
  );
}

interface EntryProps {
  place: OwnPlace;
  count: number;
  isHere: boolean;
}

function Entry({ place: { name, sections }, count, isHere }: EntryProps) {
  const locale = useLocale() ?? 'en';
  return (
    <Menu.Item
      to={sections[0].to}
      primaryText={`peyk.place.${name}`}
      leftIcon={
        <Badge color="error" badgeContent={count > 0 ? formatCount(count, locale) : null} data-badge={name}>
          {ICONS[name]}
        </Badge>
      }
      className={isHere ? 'is-here' : undefined}
      aria-current={isHere ? 'page' : undefined}
    />
  );
}

/** Whoever works in another tab sees how many wait. */
function useCountInTitle(count: number): void {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const name = translate('peyk.name');
  useEffect(() => {
    document.title = count > 0 ? `(${formatCount(count, locale)}) ${name}` : name;
  }, [count, locale, name]);
}

/** A name below each sign: seven of them need little of the width, which the chats need. A phone has both in a row. */
const RAIL = ({ breakpoints }: Theme) => ({
  pt: 1,
  [breakpoints.only('xs')]: { width: 240 },
  '& .MuiMenuItem-root': {
    minHeight: 44,
    my: 0.25,
    mx: 0.5,
    px: 1,
    borderRadius: 2,
    border: 'none',
    '&.is-here': { bgcolor: 'action.selected', color: 'text.primary', fontWeight: 600 },
    '&.is-here .RaMenuItemLink-icon': { color: 'primary.main' },
  },
  [breakpoints.up('sm')]: {
    '&.RaMenu-open .MuiMenuItem-root': {
      flexDirection: 'column',
      gap: 0.25,
      px: 0.5,
      py: 1,
      fontSize: '0.75rem',
      '& .RaMenuItemLink-icon': { minWidth: 0 },
      '& .MuiTypography-root': { flexGrow: 0, maxWidth: '100%' },
    },
  },
});
