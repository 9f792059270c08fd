import { Sidebar, type SidebarProps } from 'react-admin';

/** The framework's, with room for names beside their signs where it lies over the page of a phone. */
export function AppSidebar(props: SidebarProps) {
  return (
    <Sidebar
      {...props}
      sx={({ breakpoints }) => ({ [breakpoints.only('xs')]: { '& .MuiPaper-root': { width: 240 } } })}
    />
  );
}
