import { LANGUAGE_TAGS, LANGUAGES, type Language } from '../i18n/words.ts';

/** Choices of the reader, no secrets: kept where scripts may read them. */
export type Theme = 'system' | 'light' | 'dark';
const THEME = 'varve.theme';
const LANGUAGE = 'varve.language';
const wantsDark = matchMedia('(prefers-color-scheme: dark)');

export function theme(): Theme {
  const kept = localStorage.getItem(THEME);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function setTheme(wanted: Theme): void {
  localStorage.setItem(THEME, wanted);
  show();
}

export function followTheme(): void {
  wantsDark.addEventListener('change', show);
  show();
}

function show(): void {
  const wanted = theme();
  const isDark = wanted === 'dark' || (wanted === 'system' && wantsDark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}

export function firstLanguage(): Language {
  const kept = localStorage.getItem(LANGUAGE);
  const known = LANGUAGES.find((language) => language === kept);
  return known ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language);
  showLanguage(language);
}

export function showLanguage(language: Language): void {
  document.documentElement.lang = LANGUAGE_TAGS[language];
}
