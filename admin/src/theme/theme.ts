import { deepmerge } from '@mui/utils';
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

type ThemeDirection = 'ltr' | 'rtl';

const FONT = "'Vazirmatn Variable', system-ui, sans-serif";

const SHARED: RaThemeOptions = {
  typography: { fontFamily: FONT, h6: { fontWeight: 600 } },
  shape: { borderRadius: 8 },
  components: {
    MuiButton: { styleOverrides: { root: { textTransform: 'none' } } },
    MuiTextField: { defaultProps: { variant: 'outlined' } },
    MuiFormControl: { defaultProps: { variant: 'outlined' } },
    RaDataTable: { styleOverrides: { root: { '& .RaDataTable-headerCell': { whiteSpace: 'nowrap' } } } },
  },
};

const LIGHT: RaThemeOptions = {
  palette: {
    primary: { main: '#0f766e' },
    secondary: { main: '#134e4a' },
    background: { default: '#f6f8f8' },
  },
};

const DARK: RaThemeOptions = {
  palette: {
    mode: 'dark',
    primary: { main: '#5eead4' },
    secondary: { main: '#99f6e4' },
    background: { default: '#101514', paper: '#19201f' },
  },
};

function build(base: RaThemeOptions, own: RaThemeOptions, direction: ThemeDirection): RaThemeOptions {
  return deepmerge(deepmerge(deepmerge(base, SHARED), own), { direction });
}

/** Built once: a new object on each draw would rebuild every style. */
export const THEMES: Readonly<Record<ThemeDirection, { light: RaThemeOptions; dark: RaThemeOptions }>> = {
  ltr: { light: build(defaultLightTheme, LIGHT, 'ltr'), dark: build(defaultDarkTheme, DARK, 'ltr') },
  rtl: { light: build(defaultLightTheme, LIGHT, 'rtl'), dark: build(defaultDarkTheme, DARK, 'rtl') },
};
