import englishMessages from 'ra-language-english';
import type { TranslationMessages } from 'react-admin';
import { en } from './en.ts';

export const messages: TranslationMessages = { ...englishMessages, ...en };
