import type { Import } from './import-rules.ts';

/**
 * The rooms of the house, the lowest first. A file may import from its own room and from those
 * before it: nothing points upwards, and no two rooms need each other. Types count like everything
 * else. A path belongs to the room with the longest beginning that fits. ARCHITECTURE.md names each
 * room and says what it holds.
 */
export const ROOMS: readonly string[] = [
  'src/platform/',
  'src/platform/program/',
  'src/platform/metrics/',
  'src/platform/catalogue/',
  'src/platform/functions/',
  'src/platform/objects/',
  'src/platform/files/',
  'src/platform/keys/',
  'src/platform/queue/',
  'src/platform/outgoing/',
  'src/generated/',
  'src/formats/',

  'src/engine/blocks/',
  'src/engine/deps.ts',
  'src/engine/books/',
  'src/engine/contract.ts',
  'src/engine/health/',
  'src/engine/reclaim/',
  'src/engine/ledger/',
  'src/engine/commit/',
  'src/engine/tree/',

  'src/service/act.ts',
  'src/service/service.ts',
  'src/service/calls/',
  'src/service/model/',
  'src/generated/resolvers.ts',
  'src/service/audit/',
  'src/service/accounts/',
  'src/service/sessions/',
  'src/service/images/',
  'src/service/jobs/',
  'src/service/clocks/',
  'src/service/events/',
  'src/service/webhooks/',
  'src/service/quotas/',
  'src/service/chains/',
  'src/service/copies/',
  'src/service/exports/',
  'src/service/imports/',
  'src/service/trash/',
  'src/service/listing/',
  'src/service/snapshots/',
  'src/service/leases/',
  'src/service/policies/',
  'src/service/datapath/',
  'src/service/manifests/',
  'src/service/disks/',
  'src/service/capacity/',
  'src/service/money/',
  'src/service/advice/',
  'src/service/instances/',
  'src/service/reclaim/',
  'src/service/scrubs/',
  'src/service/watch/',
  'src/service/figures/',
  'src/service/api/',
  // its build, which the build for browsers calls
  'src/console/build.mjs',
  'src/web/',
  'src/assembly.ts',
  'src/background/',
  'src/composition.ts',
  'functions/',

  'src/local/',
  'src/local/folder/',
  'src/local/emulator/',
  'src/local/earlier/',
  'src/local/elsewhere/',
  'src/local/keep/',
  'src/local/move/',
  'src/local/server/',
  'src/local/tour/',

  'src/offline/',
  'src/offline/engines/',

  'src/nbd/',

  'src/client/',
  'src/client/host/',
  'src/client/flow/',
  'src/client/threads/',
  'src/client/service/',
  'src/client/download/',
  'src/client/upload/',
  'src/client/client.ts',

  'src/attach/',
  'src/attach/flow/',
  'src/attach/overlay/',
  'src/attach/journal/',
  'src/attach/blocks/',
  'src/attach/extents/',
  'src/attach/write-back/',
  'src/attach/open/',

  'src/cli/',
  'src/cli/attach/',
  'src/cli/commands/',
  'src/cli/execute.ts',
  'src/cli/main.ts',
  'src/cli/executable.ts',
  'src/cli/write-manual.ts',
  'src/cli/packaging/',

  'src/console/i18n/',
  'src/console/api/',
  'src/console/ui/',
  'src/console/app/',
  'src/console/pages/',
  'src/console/shell/',
  'src/console/main.tsx',
];

/**
 * The room of a path, as its number from below; undefined for what is no part of the house, such as
 * tests and packages.
 */
export function roomOf(path: string, rooms: readonly string[] = ROOMS): number | undefined {
  let found: number | undefined;
  for (const [at, room] of rooms.entries()) {
    if (path.startsWith(room) && room.length > (rooms[found ?? -1] ?? '').length) found = at;
  }
  return found;
}

/** The imports that point from a room to one above it. */
export function upward(imports: readonly Import[], rooms: readonly string[] = ROOMS): Import[] {
  return imports.filter(({ from, to }) => {
    const [lower, upper] = [roomOf(from, rooms), roomOf(to, rooms)];
    return lower !== undefined && upper !== undefined && upper > lower;
  });
}

/**
 * The most files that need each other in a row to be loaded. For imports without cycles; types
 * alone load nothing.
 */
export function longestChain(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  const chains = new Map<string, string[]>();
  const chainOf = (file: string): string[] => {
    const known = chains.get(file);
    if (known !== undefined) return known;
    const longest = (next.get(file) ?? []).map(chainOf).reduce((a, b) => (b.length > a.length ? b : a), []);
    const chain = [file, ...longest];
    chains.set(file, chain);
    return chain;
  };
  return [...next.keys()].map(chainOf).reduce((a, b) => (b.length > a.length ? b : a), []);
}
