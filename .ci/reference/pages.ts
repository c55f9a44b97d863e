import { wrapMarkdown } from '../wrap-markdown.ts';
import { errorsPage, type Registry } from './errors-page.ts';
import { indexPage } from './index-page.ts';
import { nounPage } from './noun-page.ts';
import { type Noun, parseNoun } from './nouns.ts';
import { placesOf } from './places.ts';
import type { Roles } from './roles.ts';
import { usesOf } from './uses.ts';

export interface Sources {
  /** By the name of a file of schema/, without its ending: its text. */
  readonly schema: Readonly<Record<string, string>>;
  readonly roles: Roles;
  readonly registries: readonly Registry[];
}

/** The whole reference: by the name of each page its text. */
export function referencePages({ schema, roles, registries }: Sources): Map<string, string> {
  const nouns: readonly Noun[] = Object.entries(schema).map(([name, sdl]) => parseNoun(name, sdl));
  const codes = registries.flatMap((registry) => Object.keys(registry.codes));
  const places = placesOf(nouns, codes);
  const context = { places, roles, uses: usesOf(nouns), nouns };
  const pages: [string, string][] = [
    ['README.md', indexPage(nouns, roles, places)],
    ...nouns.map((noun): [string, string] => [`${noun.name}.md`, nounPage(noun, context)]),
    ['errors.md', errorsPage(registries, nouns, places)],
  ];
  return new Map(pages.map(([name, text]) => [name, wrapMarkdown(text)]));
}
