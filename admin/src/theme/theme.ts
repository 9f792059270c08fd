import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

type ThemeDirection = 'ltr' | 'rtl';

const FONT = "'Vazirmatn Variable', system-ui, sans-serif";

/** Each direction is one language. */
const LOADING: Readonly<Record<ThemeDirection, string>> = { ltr: 'Loading', rtl: 'در حال خواندن' };

const LIGHT_PALETTE: RaThemeOptions['palette'] = {
  primary: { main: '#0f766e' },
  secondary: { main: '#134e4a' },
  background: { default: '#f6f8f8' },
  // Darker than the framework's own: small words in these colours must be readable.
  info: { main: '#0369a1' },
  warning: { main: '#b45309' },
  error: { main: '#b71c1c' },
};

const DARK_PALETTE: RaThemeOptions['palette'] = {
  mode: 'dark',
  primary: { main: '#5eead4' },
  secondary: { main: '#99f6e4' },
  background: { default: '#101514', paper: '#19201f' },
};

/** The framework's own theme with our colours, font and outlined fields. */
function build(base: RaThemeOptions, palette: RaThemeOptions['palette'], direction: ThemeDirection): RaThemeOptions {
  const { MuiTextField, MuiFormControl } = base.components ?? {};
  return {
    ...base,
    direction,
    palette: { ...base.palette, ...palette },
    typography: { fontFamily: FONT, h6: { fontWeight: 600 } },
    shape: { borderRadius: 8 },
    sidebar: { width: 96, closedWidth: 56 },
    components: {
      ...base.components,
      // Who works by keyboard must always see where they are.
      MuiButtonBase: {
        styleOverrides: { root: { '&.Mui-focusVisible': { outline: '2px solid currentcolor', outlineOffset: 2 } } },
      },
      MuiButton: { styleOverrides: { root: { textTransform: 'none' } } },
      // The framework's own spinner has no name, and a screen reader would say "progress bar" only.
      MuiCircularProgress: { defaultProps: { 'aria-label': LOADING[direction] } },
      // A table that is wider than a phone is moved sideways, by keyboard too.
      MuiTableContainer: { defaultProps: { tabIndex: 0 } },
      MuiToggleButton: { styleOverrides: { root: { textTransform: 'none' } } },
      MuiTextField: { ...MuiTextField, defaultProps: { ...MuiTextField?.defaultProps, variant: 'outlined' } },
      MuiFormControl: { ...MuiFormControl, defaultProps: { ...MuiFormControl?.defaultProps, variant: 'outlined' } },
      RaDataTable: {
        styleOverrides: {
          // On a phone a table is moved sideways; words and times broken into one word a line help nobody.
          root: { '& .RaDataTable-headerCell, & time': { whiteSpace: 'nowrap' }, '& td': { minWidth: 96 } },
        },
      },
    },
  };
}

/** Built once: a new object on each draw would rebuild every style. */
export const THEMES: Readonly<Record<ThemeDirection, { light: RaThemeOptions; dark: RaThemeOptions }>> = {
  ltr: {
    light: build(defaultLightTheme, LIGHT_PALETTE, 'ltr'),
    dark: build(defaultDarkTheme, DARK_PALETTE, 'ltr'),
  },
  rtl: {
    light: build(defaultLightTheme, LIGHT_PALETTE, 'rtl'),
    dark: build(defaultDarkTheme, DARK_PALETTE, 'rtl'),
  },
};
