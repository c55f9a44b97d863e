import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../.ci/pictures/cells.ts';
import { BEFORE, ROWS, SCENES } from '../../.ci/pictures/scenes.ts';
import { createSteady } from '../../.ci/pictures/steady.ts';
import { svgOf } from '../../.ci/pictures/svg.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { textWidth } from '../../src/cli/text-width.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/pictures');

const picture = async (bytes: string, columns = 40) =>
  svgOf(await cellsOf(bytes, { columns, rows: ROWS }), { title: 'A title', columns });
const textsIn = (svg: string) => [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, , text]) => text);

describe('a picture of a terminal', () => {
  it('has what the terminal shows: lines, gaps of tables, and what was overwritten', async () => {
    const svg = await picture('50 %\r\u001b[2Kdone\r\nNAME   SIZE\r\nmy disk 1\r\n\r\n');
    expect(textsIn(svg)).toEqual(['done', 'NAME', 'SIZE', 'my disk 1']);
  });

  it('keeps colours, bold and dim as classes, for light and dark paper', async () => {
    const svg = await picture(
      '\u001b[31mbad\u001b[0m \u001b[1mbold\u001b[0m \u001b[2mdim\u001b[0m \u001b[92mgood\u001b[0m',
    );
    for (const part of ['class="c1">bad', 'class="b">bold', 'class="d">dim', 'class="c2">good']) {
      expect(svg).toContain(part);
    }
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });

  it('is text with the meaning of its characters, and no script', async () => {
    const svg = await picture('<script>alert("a & b")</script>');
    expect(svg).toContain('&lt;script&gt;alert(&quot;a &amp; b&quot;)&lt;/script&gt;');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('<title>A title</title>');
  });

  it('gives wide characters two columns, and breaks lines where the terminal does', async () => {
    const svg = await picture('照片 x\r\nabcdefghij', 8);
    expect(svg).toMatch(/x="16" [^>]*textLength="50\.4"[^>]*>照片 x</);
    expect(textsIn(svg)).toEqual(['照片 x', 'abcdefgh', 'ij']);
  });

  it('shows what has scrolled out of the terminal too', async () => {
    const lines = Array.from({ length: 2 * ROWS }, (_, at) => `line ${at}`);
    expect(textsIn(await picture(lines.join('\r\n')))).toEqual(lines);
  });
});

describe('what differs from run to run is made steady', () => {
  const shown = (id: string, root: string, minute: string) =>
    `${id} web 2026-03-02 06:${minute} ${root} until 2026-03-03T06:${minute}:59.123Z at /tmp/x-${minute}`;
  const [one, other] = [
    shown('d-1m8qqkv4td42bxngtdj3', 'a'.repeat(64), '01'),
    shown('d-1m8zzzzzzzzzzzzzzzzz', 'b'.repeat(64), '58'),
  ];

  it('whatever the ids, roots, minutes and places are', () => {
    const steady = createSteady({ '/tmp/x-01': '/home/ada' })(one);
    expect(createSteady({ '/tmp/x-58': '/home/ada' })(other)).toBe(steady);
    expect(steady).toMatch(/^d-1k9f0c2mz\w{11} web 2026-03-02 06:00 [0-9a-f]{64} until 2026-03-03T06:00:00\.000Z at /);
  });

  it('with the same length, the same for the same thing, and once for all', () => {
    const steady = createSteady();
    const [first, second, third] = [steady(one), steady(other), steady(one)];
    expect(third).toBe(first);
    expect(second.slice(0, 22)).not.toBe(first.slice(0, 22));
    expect(first).toHaveLength(one.length);
    expect(steady(first)).toBe(first);
  });
});

describe('docs/pictures', () => {
  // Those of the console are made by a browser, and differ from run to run.
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.svg'))
    .sort();
  const documents = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(ROOT, name), 'utf8'));

  it('has a picture for each scene, and no others', () => {
    expect(files).toEqual(SCENES.map(({ name }) => `${name}.svg`).sort());
  });

  it.each(files)('%s is used in a document, and is a plain picture', (name) => {
    expect(documents.some((text) => text.includes(`pictures/${name})`))).toBe(true);
    const svg = readFileSync(join(FOLDER, name), 'utf8');
    expect(svg).not.toMatch(/<script|<foreignObject|href=|\son\w+=|\/tmp\//);
  });

  it.each(SCENES)('$name has commands of the CLI', ({ lines, columns }) => {
    for (const line of lines) {
      expect(line).toMatch(/^varve /);
      expect(textWidth(`$ ${line}`)).toBeLessThanOrEqual(columns);
    }
  });

  it.each(BEFORE)('varve %s, which comes before, is a command line of the CLI', (line) => {
    expect(parseCommandLine(COMMANDS, line.split(' '))).toHaveProperty('command');
  });
});
