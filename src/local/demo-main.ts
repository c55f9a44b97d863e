import { join } from 'node:path';
import { createCli } from './demo/cli.ts';
import { chooseImage } from './demo/image.ts';
import { nextSteps } from './demo/next-steps.ts';
import { createScreen, formatTime } from './demo/screen.ts';
import { tour } from './demo/tour.ts';
import { runLocal } from './run-local.ts';

const EXIT = '--exit';
const args = process.argv.slice(2);

await runLocal(
  args.filter((arg) => arg !== EXIT),
  async ({ local, options }) => {
    const began = performance.now();
    const screen = createScreen(process.stdout);
    const folder = join(options.dataDir, 'demo');
    const toured = await tour({ screen, cli: createCli(options.dataDir), image: await chooseImage(folder), folder });
    screen.line(`\nEverything came out as it went in. The tour took ${formatTime(performance.now() - began)}.`);
    if (args.includes(EXIT)) return 'end';
    screen.line(nextSteps({ ...toured, url: local.url, dataDir: options.dataDir, cwd: process.cwd() }));
    return 'stay';
  },
);
