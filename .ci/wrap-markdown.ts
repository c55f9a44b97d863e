const COLUMNS = 100;
const KEPT = /^(\||#|```|\s{4})/; // tables, headings, code

/**
 * Wraps the paragraphs and points of a page that was made by a program; code spans stay whole. A
 * table with a row that is too long becomes a list.
 */
export function wrapMarkdown(page: string): string {
  return page
    .replaceAll(/(?:^\|.*\|\n?)+/gm, (table) => (isTooWide(table) ? listOf(table) : table))
    .split('\n')
    .map((line) => (line.length <= COLUMNS || KEPT.test(line) ? line : wrapped(line)))
    .join('\n');
}

const isTooWide = (table: string) => table.split('\n').some((row) => row.length > COLUMNS);

/** Points such as: - `size` (type `Int`, default 4): its meaning. */
function listOf(table: string): string {
  const [head = [], , ...rows] = table.trimEnd().split('\n').map(cellsOf);
  const points = rows.map(([name, ...others]) => {
    const meaning = others.pop() ?? '';
    const facts = others.flatMap((cell, at) => (cell === '' ? [] : [`${head[at + 1]} ${cell}`]));
    const point = facts.length === 0 ? `- ${name}` : `- ${name} (${facts.join(', ')})`;
    return meaning === '' ? point : `${point}: ${meaning}`;
  });
  return points.join('\n') + (table.endsWith('\n') ? '\n' : '');
}

function cellsOf(row: string): string[] {
  const cells = row.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
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
