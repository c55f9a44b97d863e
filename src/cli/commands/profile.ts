import { ClientError } from '../../client/errors.ts';
import { asking, decide } from '../asking/decide.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { ProfileStore } from '../profiles/store.ts';

const PROFILE = { name: 'PROFILE', summary: 'Name of the profile.' } as const;

export const profileUse: Command = {
  path: 'profile use',
  summary: 'Use a profile from now on, where nothing else says where the service is.',
  args: [PROFILE],
  options: [],
  examples: [{ does: 'From now on', line: 'varve profile use work' }],
  json: '`{profile}`.',
  run: async ({ console, environment }, { args }) => {
    const name = args[0] as string;
    const store = new ProfileStore(environment);
    if (store.read(name) === undefined) throw noProfile(name);
    store.use(name);
    console.result({ profile: name }, () => [`Profile ${name} is used from now on.`]);
  },
};

export const profileList: Command = {
  path: 'profile list',
  summary: 'List the profiles of this user. Keys are not shown.',
  args: [],
  options: [...LIST_OUTPUT],
  examples: [{ does: 'Which there are', line: 'varve profile list' }],
  json: '`{profiles: [{name, endpoint, region, isCurrent}], folder}`.',
  run: async ({ console, environment }, input) => {
    const store = new ProfileStore(environment);
    const current = store.current();
    const profiles = store.list().flatMap((name) => {
      const found = store.read(name);
      return found
        ? [{ name, endpoint: found.endpoint, region: found.region ?? null, isCurrent: name === current }]
        : [];
    });
    const empty = 'No profiles. varve login makes one.';
    const also = { folder: store.folder };
    showList(console, input, { of: 'profiles', rows: profiles, columns: COLUMNS, also, empty });
  },
};

interface ListedProfile {
  readonly name: string;
  readonly endpoint: string;
  readonly region: string | null;
  readonly isCurrent: boolean;
}

const COLUMNS: readonly Column<ListedProfile>[] = [
  { head: 'PROFILE', isCut: true, cell: ({ name }) => name },
  { head: 'ENDPOINT', isCut: true, cell: ({ endpoint }) => endpoint },
  { head: 'REGION', spare: 1, cell: ({ region }) => region ?? '-', plain: ({ region }) => region },
  { head: 'CURRENT', cell: ({ isCurrent }) => (isCurrent ? 'yes' : '') },
];

export const profileRemove: Command = asking({
  path: 'profile remove',
  summary: 'Remove a profile and its key from this machine. The service still knows the key.',
  details: ['varve key revoke makes the key useless everywhere.'],
  args: [PROFILE],
  options: [],
  examples: [{ does: 'Log out', line: 'varve profile remove default' }],
  json: '`{profile}`.',
  run: async (context, input) => {
    const { console, environment } = context;
    const name = input.args[0] as string;
    const store = new ProfileStore(environment);
    const found = store.read(name);
    if (found === undefined) throw noProfile(name);
    const plan = () => ({
      doing: `remove profile ${name}`,
      goes: [`the endpoint ${found.endpoint} and its API key, from this machine`],
      stays: ['the key in the service, until varve key revoke'],
      back: 'It cannot be brought back. Another profile can be made: varve login',
      refusals: [],
    });
    if (!(await decide(context, input, plan))) return;
    if (!store.remove(name)) throw noProfile(name);
    console.result({ profile: name }, () => [`Profile ${name} is removed. The service still knows its key.`]);
  },
});

function noProfile(name: string): ClientError {
  const message = `There is no profile '${name}'. varve profile list shows those that there are.`;
  return new ClientError('NotFound', message, { profile: name });
}
