import { slug } from '../slug.ts';
import { keyword, type Noun } from './nouns.ts';

/**
 * Where each name has its section, as `disks.md#type-disk`. Types have their names for keys, and so
 * do queries and mutations; their first letters tell them apart.
 */
export type Places = ReadonlyMap<string, string>;

export function placesOf(nouns: readonly Noun[], codes: readonly string[]): Places {
  const entries = nouns.flatMap((noun) => {
    const at = (heading: string): string => `${noun.name}.md#${slug(heading)}`;
    return [
      ...noun.queries.map(({ name }) => [name.value, at(`query ${name.value}`)] as const),
      ...noun.mutations.map(({ name }) => [name.value, at(`mutation ${name.value}`)] as const),
      ...noun.types.map((type) => [type.name.value, at(`${keyword(type)} ${type.name.value}`)] as const),
    ];
  });
  const all = [...entries, ...codes.map((code) => [code, `errors.md#${slug(code)}`] as const)];
  const twice = all.find(([name], index) => all.findIndex(([other]) => other === name) !== index);
  if (twice !== undefined) throw new Error(`two sections of the reference would be called ${twice[0]}`);
  return new Map(all);
}

/** A link from one page to the section of a name, or only the name where it has none. */
export function linkTo(places: Places, name: string, { page, text = name }: { page: string; text?: string }): string {
  const place = places.get(name);
  if (place === undefined) return `\`${text}\``;
  return `[\`${text}\`](${place.startsWith(`${page}#`) ? place.slice(page.length) : place})`;
}
