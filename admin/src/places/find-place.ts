import { isAllowed } from '../providers/permissions.ts';
import { PLACES, type Place, type Section } from './places.ts';

/** A place with those of its sections that a person may see; there is at least one. */
export interface OwnPlace extends Place {
  sections: readonly [Section, ...Section[]];
}

/** The places that somebody with these permissions may use, those within others included. */
export function ownPlaces(permissions: readonly string[]): OwnPlace[] {
  return PLACES.flatMap((place) => {
    const [first, ...more] = place.sections.filter(({ needs, action = 'view' }) =>
      isAllowed(permissions, needs, action),
    );
    return first ? [{ ...place, sections: [first, ...more] as const }] : [];
  });
}

function isBelow(pathname: string, to: string): boolean {
  return pathname === to || (to !== '/' && pathname.startsWith(`${to}/`));
}

export interface Whereabouts {
  place: Place;
  section: Section;
}

/** Where a person is by the address; null where nobody has placed it. */
export function findPlace(pathname: string): Whereabouts | null {
  for (const place of PLACES) {
    const section = place.sections.find(({ to, also = [] }) => [to, ...also].some((path) => isBelow(pathname, path)));
    if (section) return { place, section };
  }
  return null;
}

/** The entry of the menu that a place belongs to. */
export const entryOf = ({ name, within }: Place): string => within ?? name;
