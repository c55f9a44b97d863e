import { createContext, useContext } from 'react';

/**
 * Texts in both languages stand side by side, in a `words.ts` beside the page that says them:
 *
 *     export const words = catalogue(
 *       { title: 'Disks', found: { one: '{count} disk', other: '{count} disks' } },
 *       { title: '磁盘', found: { other: '{count} 块磁盘' } },
 *     );
 *
 * A key that one of them lacks does not compile. `{name}` takes a value, and the type of `say` asks
 * for each of them. A plural takes `count`; its forms are those of `Intl.PluralRules`.
 */
export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];
export const LOCALES = { en: 'en', zh: 'zh-Hans-CN' } as const satisfies Record<Language, string>;
export const LANGUAGE_TAGS = { en: 'en', zh: 'zh-Hans' } as const satisfies Record<Language, string>;

interface Plural {
  readonly one?: string;
  readonly other: string;
}
type Message = string | Plural;
type Messages = Readonly<Record<string, Message>>;
/** The same keys, a text for a text and a plural for a plural. */
type Translated<E extends Messages> = { readonly [K in keyof E]: E[K] extends string ? string : Plural };

export interface Catalogue<E extends Messages> {
  readonly en: E;
  readonly zh: Translated<E>;
}

export function catalogue<const E extends Messages>(en: E, zh: Translated<E>): Catalogue<E> {
  return { en, zh };
}

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<M> = M extends { readonly other: infer Text } ? Names<Text> | 'count' : Names<M>;
type Values<M> = [NamesOf<M>] extends [never] ? [] : [{ readonly [Name in NamesOf<M>]: string | number }];

export type Say<E extends Messages> = <K extends keyof E>(key: K, ...values: Values<E[K]>) => string;

const plurals = { en: new Intl.PluralRules(LOCALES.en), zh: new Intl.PluralRules(LOCALES.zh) };
const numbers = { en: new Intl.NumberFormat(LOCALES.en), zh: new Intl.NumberFormat(LOCALES.zh) };

export function sayIn<E extends Messages>(words: Catalogue<E>, language: Language): Say<E> {
  const messages: Translated<E> = language === 'en' ? (words.en as Translated<E>) : words.zh;
  return (key, ...[values]) =>
    fill(messages[key] as Message, language, (values ?? {}) as Record<string, string | number>);
}

function fill(message: Message, language: Language, values: Readonly<Record<string, string | number>>): string {
  const text = typeof message === 'string' ? message : pluralForm(message, language, Number(values.count));
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? numbers[language].format(value) : value;
  });
}

function pluralForm(plural: Plural, language: Language, count: number): string {
  return (plurals[language].select(count) === 'one' ? plural.one : undefined) ?? plural.other;
}

export const LanguageContext = createContext<Language>('en');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useWords<E extends Messages>(words: Catalogue<E>): Say<E> {
  return sayIn(words, useLanguage());
}
