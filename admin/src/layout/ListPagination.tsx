import PaginationItem from '@mui/material/PaginationItem';
import { Pagination, PaginationActions, type PaginationActionsProps, useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';

const ROWS = [10, 25, 50];

/** The pages' buttons, each with its number as the reader writes it, which is how its label calls it too. */
function PageButtons(props: PaginationActionsProps) {
  const locale = useLocale() ?? 'en';
  return (
    <PaginationActions
      {...props}
      renderItem={(item) => (
        <PaginationItem {...item} page={item.page === null ? null : formatNumber(item.page, locale)} />
      )}
    />
  );
}

/** Below every list: how many there are, how many are shown, and the other pages. */
export function ListPagination() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  // The framework names the arrows of a phone in English only; it passes this on, though its types do not say so.
  const arrows = { getItemAriaLabel: (type: string) => translate(`ra.navigation.${type}`) };
  return (
    <Pagination
      actions={PageButtons}
      rowsPerPageOptions={ROWS.map((value) => ({ value, label: formatNumber(value, locale) }))}
      {...arrows}
    />
  );
}
