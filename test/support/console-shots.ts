import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { axe, go, LANGUAGES, type Look, settled, shoot, startBrowser, THEMES, visit, WIDTHS } from './browser.ts';

/**
 * Pictures of pages of a console that console-dev.ts serves, with what the browser and axe complain
 * of:
 *
 *     node test/support/console-shots.ts --server LOG --to FOLDER [--as viewer] [--all] [PATH…]
 *
 * LOG is what console-dev.ts printed. A path may name a disk or an instance, as in
 * `/r/here/disks/$mail-boxes`.
 * Without --all: two looks of the twelve.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { server: { type: 'string' }, to: { type: 'string' }, as: { type: 'string' }, all: { type: 'boolean' } },
});
const [line = ''] = (await readFile(values.server ?? '', 'utf8')).split('\n');
const served = JSON.parse(line) as {
  readonly origin: string;
  readonly disks: Readonly<Record<string, string>>;
  readonly instances: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
};
const names = { ...served.disks, ...served.instances };
const looks: readonly Look[] = values.all
  ? WIDTHS.flatMap((width) => THEMES.flatMap((theme) => LANGUAGES.map((language) => ({ width, theme, language }))))
  : [
      { width: 1280, theme: 'light', language: 'en' },
      { width: 360, theme: 'dark', language: 'zh' },
    ];
const browser = await startBrowser();
for (const look of looks) {
  await using visited = await visit(browser, served.origin, look);
  const { page, troubles } = visited;
  await page.locator('input[type=password]').fill(String(served[values.as ?? 'admin']));
  await page.keyboard.press('Enter');
  await page.locator('nav').first().waitFor({ state: 'attached' });
  for (const path of positionals) {
    const named = path.replaceAll(/\$([\w-]+)/g, (_, name: string) => names[name] ?? name);
    await go(page, named);
    await page.waitForTimeout(600);
    await settled(page);
    const place = path.replaceAll(/[^\w-]+/g, '_');
    await shoot(page, values.to ?? '.', `${place}-${look.width}-${look.theme}-${look.language}`);
    for (const fault of await axe(page)) process.stdout.write(`${path} ${JSON.stringify(look)} ${fault}\n`);
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (Number(wide) > 0) process.stdout.write(`${path} ${look.width}: ${wide} px too wide\n`);
    for (const trouble of troubles.splice(0)) process.stdout.write(`${path}: ${trouble}\n`);
  }
}
await browser.close();
