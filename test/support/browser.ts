import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axeCore from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where Debian has it; VARVE_TEST_CHROMIUM names another. */
const EXECUTABLE = process.env.VARVE_TEST_CHROMIUM ?? '/usr/bin/chromium';
/** Against what hangs, on a machine that does much else. */
const SLOW_MS = 60_000;
export const WIDTHS = [360, 1280, 2560] as const;
export const THEMES = ['light', 'dark'] as const;
export const LANGUAGES = ['en', 'zh'] as const;
export type Theme = (typeof THEMES)[number];
export type Language = (typeof LANGUAGES)[number];

export interface Look {
  readonly width?: number;
  readonly theme?: Theme;
  readonly language?: Language;
}

/** A page of the console, and what went wrong in it: errors, refused styles and scripts. */
export interface Visited extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly troubles: string[];
}

export function startBrowser(...args: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', ...args] });
}

export async function visit(browser: Browser, url: string, look: Look = {}): Promise<Visited> {
  const { width = 1280, theme = 'light', language = 'en' } = look;
  const context = await browser.newContext({
    viewport: { width, height: width === 360 ? 780 : 900 },
    colorScheme: theme,
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(SLOW_MS);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  await page.goto(url);
  return { page, context, troubles, [Symbol.asyncDispose]: () => context.close() };
}

/** Goes to another address as a link of the console would, and waits until it is there. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(undefined, '', ${JSON.stringify(path)})`);
  await settled(page);
}

/** Nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('[data-waiting]').first().waitFor({ state: 'detached' });
}

/** What axe finds, each with the place where it is. */
export async function axe(page: Page): Promise<string[]> {
  // The policy of the page refuses a script that is inserted: this one is not of the page.
  await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    interface Found {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
    }
    const { axe: found } = globalThis as unknown as { axe: { run(): Promise<{ violations: readonly Found[] }> } };
    const { violations } = await found.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => [id, help, target.join(' '), failureSummary].join(': ')),
    );
  });
}

/** What is in sight, as `<folder>/<name>.png`. */
export async function shoot(page: Page, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
