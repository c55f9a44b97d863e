const COLUMNS = 100;
const KEPT = /^(\||#|```|\s{4})/; // tables, headings, code

/** Wraps the paragraphs and points of a page that was made by a program; code spans stay whole. */
export function wrapMarkdown(page: string): string {
  return page
    .split('\n')
    .map((line) => (line.length <= COLUMNS || KEPT.test(line) ? line : wrapped(line)))
    .join('\n');
}

function wrapped(line: string): string {
  const indent = line.startsWith('- ') ? '  ' : '';
  const [first = '', ...others] = line.match(/(?:`[^`]*`|\S)+/g) ?? [];
  const lines = [first];
  for (const word of others) {
    const last = lines.at(-1) ?? '';
    if (last.length + 1 + word.length > COLUMNS) lines.push(indent + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}
