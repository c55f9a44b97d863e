interface Tag {
  readonly key: string;
  readonly value: string;
}

/** One a line, as `key=value`. */
export function tagLines(tags: readonly Tag[]): string {
  return tags.map(({ key, value }) => `${key}=${value}`).join('\n');
}

/** What comes behind the first `=` of a line is the value. */
export function tagsIn(lines: string): { key: string; value: string }[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [key = '', ...rest] = line.split('=');
      return { key: key.trim(), value: rest.join('=').trim() };
    });
}
