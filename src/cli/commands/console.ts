import { addressOf } from '../../platform/http-address.ts';
import type { Command } from '../command.ts';
import { browserOpener, openBrowser } from '../open-browser.ts';
import { UsageError } from '../usage-error.ts';

/** A browser that starts takes some seconds. The file is of no use after the link has been used. */
const READ_MS = 10_000;
const ONCE = 'It works once, within a minute.';

export const consoleOpen: Command = {
  path: 'console',
  summary: 'Open the web console in a browser, signed in.',
  details: [
    'It makes a link that works once, within a minute, and signs in with the API key of the ' +
      'profile or the folder. The browser is signed in for 12 hours after its last use, and for 7 ' +
      'days at most. Revoking the key ends that at once.',
    'The link stands behind the # of the address, which browsers send to nobody. It is given to ' +
      'the browser by a file that only you can read. If it is used twice, the second use is ' +
      'refused and recorded, and the session that the first one opened ends.',
    'A browser that may not read files in the folder for temporary files shows an error. For it ' +
      'there is --no-browser, which prints the link.',
  ],
  args: [],
  options: [{ name: 'no-browser', takes: 'nothing', summary: 'Print the link, and open nothing.' }],
  examples: [
    { does: 'Open the console of the installation here', line: 'varve console' },
    { does: 'Of a service that a profile names', line: 'varve console --profile work' },
    { does: 'On a machine without a screen', line: 'varve console --no-browser' },
  ],
  json: '`{url, expiresAt, opened}`; `url` has the link only with --no-browser.',
  run: async ({ console, client: connect, endpoint, signal }, input) => {
    const home = homeOf(await endpoint());
    const { secret, expiresAt } = await (await connect()).apiKeys.createConsoleLink();
    const url = `${home}#link=${secret}`;
    const opener = input.has('no-browser') ? undefined : browserOpener(process.platform);
    if (opener === undefined) {
      console.result({ url, expiresAt, opened: false }, () => [url, '', ONCE]);
      return;
    }
    console.note(`Opening ${home} in a browser.`);
    if (!(await openBrowser({ url, opener, signal, readMs: READ_MS })))
      throw new UsageError(`${opener} has started no browser: try --no-browser.`, 'console');
    console.result({ url: home, expiresAt, opened: true }, () => [`${home} is open in a browser.`]);
  },
};

/** The console is at the root of the address that the API is at. */
function homeOf(endpoint: string): string {
  const { protocol } = new URL(endpoint);
  if (protocol === 'http:' || protocol === 'https:') return `${addressOf(endpoint).origin}/`;
  throw new UsageError('This service is at a socket, which no browser reaches.', 'console');
}
