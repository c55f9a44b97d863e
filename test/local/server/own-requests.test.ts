import { describe, expect, test } from 'vitest';
import { whyForeign } from '../../../src/local/server/own-requests.ts';

const HOSTS = new Set(['127.0.0.1:4100']);
const own = { host: '127.0.0.1:4100' };
const newTab = { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describe('who is answered', () => {
  test.each([
    ['a page of its own', { ...own, origin: 'http://127.0.0.1:4100', 'sec-fetch-site': 'same-origin' }],
    ['somebody who types the address', { ...own, 'sec-fetch-site': 'none' }],
    ['a program', own],
  ])('%s', (_, headers) => {
    expect(whyForeign(headers, HOSTS)).toBeUndefined();
  });

  test('a page may be opened from elsewhere as a tab, and nothing else may', () => {
    expect(whyForeign(newTab, HOSTS, { isPage: true })).toBeUndefined();
    expect(whyForeign(newTab, HOSTS)).toMatch(/another site/);
    for (const foreign of [
      { ...newTab, 'sec-fetch-dest': 'iframe' },
      { ...newTab, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
      { ...newTab, origin: 'http://evil.example' },
      { ...newTab, host: 'evil.example:4100' },
    ])
      expect(whyForeign(foreign, HOSTS, { isPage: true })).toBeDefined();
  });
});
