import { createContext } from 'react';
import type { Language } from '../i18n/words.ts';

export const LanguageSwitch = createContext<(language: Language) => void>(() => undefined);
