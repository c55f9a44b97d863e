import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bytesText, relativeText } from '../../src/console/i18n/format.ts';
import { catalogue, sayIn } from '../../src/console/i18n/words.ts';

const WORDS = catalogue(
  { found: { one: '{count} disk', other: '{count} disks' }, hello: 'Hello {name}' },
  { found: { other: '{count} 块磁盘' }, hello: '你好 {name}' },
);

test('plurals follow the language', () => {
  expect([1, 2, 1_000].map((count) => sayIn(WORDS, 'en')('found', { count }))).toEqual([
    '1 disk',
    '2 disks',
    '1,000 disks',
  ]);
  expect(sayIn(WORDS, 'zh')('found', { count: 1 })).toBe('1 块磁盘');
});

test('a value is put in as it is, whatever it looks like', () => {
  expect(sayIn(WORDS, 'en')('hello', { name: '$& <b>' })).toBe('Hello $& <b>');
});

test('bytes have three digits and a unit, and are never rounded to zero', () => {
  expect([0, 1, 1023, 1024, 1_310_720, 64 * 1024 ** 4].map((bytes) => bytesText(bytes, 'en'))).toEqual([
    '0 B',
    '1 B',
    '1,023 B',
    '1 KiB',
    '1.25 MiB',
    '64 TiB',
  ]);
});

test('times are said from now, in both directions', () => {
  const now = Date.parse('2026-12-01T12:00:00Z');
  expect(relativeText('2026-12-01T09:00:00Z', now, 'en')).toBe('3 hours ago');
  expect(relativeText('2026-12-03T12:00:00Z', now, 'zh')).toBe('后天');
  expect(relativeText('2026-12-01T12:00:05Z', now, 'en')).toBe('now');
});

test.each(globSync('src/console/**/words.ts').filter((file) => !file.includes('i18n')))(
  '%s: the Chinese texts are Chinese, and take the values that the English ones take',
  async (file) => {
    const { words } = (await import(pathToFileURL(file).href)) as {
      words: Record<'en' | 'zh', Record<string, unknown>>;
    };
    const text = (message: unknown) => (typeof message === 'string' ? message : (message as { other: string }).other);
    const names = (message: unknown) => new Set([...text(message).matchAll(/\{(\w+)\}/g)].map(([name]) => name));
    for (const [key, english] of Object.entries(words.en)) {
      expect.soft(names(words.zh[key]), key).toEqual(names(english));
      if (/[a-z]{4}/.test(text(english).replaceAll(/\{\w+\}/g, '')))
        expect.soft(text(words.zh[key]), key).toMatch(/\p{Script=Han}/u);
    }
  },
);

test('no page says a text that is in no catalogue', () => {
  const faults = globSync('src/console/{pages,shell}/**/*.tsx').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/>\s*([A-Z][a-z]+ [a-z ]+)\s*</g)].map(([, text]) => `${file}: ${text}`),
  );
  expect(faults).toEqual([]);
});
