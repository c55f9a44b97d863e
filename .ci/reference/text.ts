import { linkTo, type Places } from './places.ts';

/** What a description says of errors begins here. */
const ERRORS_BEGIN = /(?<=^|\. )(?=Errors\b|Results carry\b)/;

/** A description in two parts: what it says of errors comes last, if it says anything. */
export function splitErrors(description: string): { readonly text: string; readonly errors: string } {
  const [text = '', ...errors] = oneLine(description).split(ERRORS_BEGIN);
  return text.startsWith('Errors') && errors.length === 0
    ? { text: '', errors: text }
    : { text: text.trim(), errors: errors.join('').trim() };
}

/** Names of codes, types and operations become links; what is in a code span keeps its form. */
export function linkNames(text: string, places: Places, page: string): string {
  return text.replaceAll(/`([^`]+)`|\b[A-Z][a-z]+[A-Z]\w*\b|\b[A-Z][a-z]+\b/g, (found: string, code?: string) => {
    if (code !== undefined) return linkTo(places, code.replace(/\..*$/, ''), { page, text: code });
    return isCode(places, found) ? linkTo(places, found, { page }) : found;
  });
}

/** Codes that a text names, in the order of the registry. */
export function codesIn(text: string, codes: readonly string[]): string[] {
  return codes.filter((code) => new RegExp(`\\b${code}\\b`).test(text));
}

export function firstSentence(text: string): string {
  return /^.*?[.:](?= |$)/.exec(oneLine(text))?.[0].replace(/:$/, '.') ?? text;
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** One row of a table. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

export function table(head: readonly string[], rows: readonly string[]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows].join('\n');
}

export function titleOf(noun: string): string {
  const words = noun.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isCode(places: Places, word: string): boolean {
  return places.get(word)?.startsWith('errors.md#') === true;
}
