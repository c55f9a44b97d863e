import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { createTestApi, REGION, type TestAccount, type TestApi } from './api.ts';
import { go, type Look, settled, startBrowser, type Visited, visit } from './browser.ts';
import { startConsoleServer } from './console-server.ts';

const BUILD = join(import.meta.dirname, '../../src/console/build.mjs');
const build = promisify(execFile);

/** A browser, the console as it is built, and a service in this process behind it. */
export interface ConsoleScene extends AsyncDisposable {
  readonly api: TestApi;
  readonly account: TestAccount;
  /** Signed in, at a place of the first region, such as `snapshots`. One window for each look. */
  open(place: string, options?: Look & { readonly key?: string }): Promise<Visited>;
}

export async function openConsoleScene(): Promise<ConsoleScene> {
  const dist = await mkdtemp(join(tmpdir(), 'varve-console-'));
  await build(process.execPath, [BUILD, dist]);
  const api = await createTestApi();
  const account = await api.createAccount({ trashHours: 'default' });
  const server = await startConsoleServer({ handle: api.invoke, dist });
  const browser = await startBrowser();
  const windows = new Map<string, Visited>();
  return {
    api,
    account,
    open: async (place, { key = account.key, ...look } = {}) => {
      const path = `/r/${REGION}/${place}`;
      const who = JSON.stringify([key, look]);
      const before = windows.get(who);
      if (before !== undefined) {
        before.troubles.length = 0;
        await go(before.page, path);
        return before;
      }
      const visited = await visit(browser, server.linkFor(key, path), look);
      windows.set(who, visited);
      await settled(visited.page);
      return visited;
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server[Symbol.asyncDispose]();
      await api.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}

export const button = (at: Page | Locator, name: string | RegExp): Locator =>
  at.getByRole('button', { name, exact: true });

/** The window over the page. */
export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Opens the menu of the page, and takes an entry. */
export async function choose(page: Page, entry: string): Promise<void> {
  await button(page.locator('main'), 'More actions').click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** Waits until the corner says so. */
export async function told(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('log').getByText(text).first().waitFor();
}

/** Takes the latest offer of the corner. */
export async function undo(page: Page): Promise<void> {
  await button(page.getByRole('log'), 'Undo').last().click();
}

/** Fields of the window, by label; then its act. */
export async function fill(page: Page, fields: Readonly<Record<string, string>>, act: string): Promise<void> {
  const form = dialog(page);
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(value);
  await button(form, act).click();
  await form.waitFor({ state: 'detached' });
}

/** Chooses rows of the list by name. */
export async function pick(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check();
}
