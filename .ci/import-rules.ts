/**
 * One import statement: `to` is a path in the repository, or the name of a package or Node module.
 */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** A ban: no file that `from` fits may import what `to` fits. */
export interface ImportRule {
  readonly why: string;
  readonly from: RegExp;
  readonly to: RegExp;
}

const CLIENT_SIDE = /^src\/(client|cli|local|offline|nbd|attach)\//;
const IO_MODULES = /^node:(fs|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|sqlite)\b/;

/**
 * Files of the engine that compute and decide alone, so that they can be tested without any store.
 */
const PURE_ENGINE =
  'blocks/(block|compressor|object-form|page|page-source|root-builder|walk)|books/(plans|rows)|contract';
const PURE_PLATFORM = 'clock|errors|ids|catalogue/(entity|port)';
/**
 * Files of the NBD server that know sockets; all others of it are codecs, decisions and state
 * machines.
 */
const NBD_SOCKETS = 'clients|address|server|listen|own-buffers|socket-connection|tls';

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    why: 'platform is the lowest layer: it knows the outside world, and nothing of Varve',
    from: /^src\/platform\//,
    to: /^src\/(?!platform\/)/,
  },
  {
    why: 'formats of image files are codecs over reads that they are given: no files, no network, nothing of Varve',
    from: /^src\/formats\//,
    to: /^(?!node:zlib$|lru-cache$|src\/formats\/|src\/platform\/(errors|size-text)\.ts$)/,
  },
  {
    why: 'the engine knows blocks and versions, no nouns, and so serves all of them',
    from: /^src\/engine\//,
    to: /^src\/(?!platform\/|engine\/)/,
  },
  {
    why: 'the service does not contain its clients',
    from: /^src\/service\//,
    to: CLIENT_SIDE,
  },
  {
    why: 'generated code holds types of the schema and of the rows behind it',
    from: /^src\/generated\//,
    to: /^src\/(?!generated\/|service\/model\/)/,
  },
  {
    why: 'what is deployed does not contain its clients',
    from: /^functions\//,
    to: CLIENT_SIDE,
  },
  {
    why: 'clients reach the service only through its public API; they share the formats of blocks with the engine',
    from: /^src\/client\//,
    to: /^src\/(?!client\/|platform\/|formats\/|generated\/operations\.ts|engine\/(blocks\/(block|compressor|page|object-form|root-builder)|contract)\.ts)/,
  },
  {
    why: 'the NBD server knows contents only through its device, and nothing of Varve',
    from: /^src\/nbd\//,
    to: /^src\/(?!nbd\/|platform\/(buffer-garbage|errors|log)\.ts)/,
  },
  {
    why: 'codecs and sessions of NBD are bytes and decisions, tested without any socket',
    from: new RegExp(`^src/nbd/(?!(${NBD_SOCKETS})\\.ts$)`),
    to: new RegExp(`^node:|^src/nbd/(${NBD_SOCKETS})\\.ts$`),
  },
  {
    why: 'an attached disk is a client: it builds on the client library, and serves the protocol through its port alone',
    from: /^src\/attach\//,
    to: /^src\/(?!attach\/|client\/|platform\/|nbd\/device\.ts|engine\/(blocks\/(block|compressor|page|object-form|root-builder)|contract)\.ts)/,
  },
  {
    why: 'the layers of uncommitted bytes, and what is in a journal, are decided without touching files',
    from: /^src\/attach\/(overlay\/|journal\/(record|control|recovery-plan)\.ts)/,
    to: /^(?!node:(crypto|zlib)$|src\/attach\/(overlay\/|journal\/(record|control)\.ts)|src\/engine\/(blocks\/block|contract)\.ts$)/,
  },
  {
    why: 'the command line is the client library with words around it',
    // But for those of the operator of one machine, which start the service itself. The executable
    // is built with the files for browsers in it.
    from: /^src\/cli\/(?!commands\/(server|tour|rebuild|doctor))/,
    to: /^src\/(?!cli\/|client\/|attach\/|nbd\/|platform\/|generated\/operations\.ts|engine\/blocks\/block\.ts|web\/build\.mjs)/,
  },
  {
    why: 'the single machine runs the service; clients come to it as to any other installation',
    from: /^src\/(local|offline)\//,
    to: /^src\/(client|cli|nbd|attach)\//,
  },
  {
    why: 'emulators are for developers: nothing that a user runs needs them',
    from: /^src\/(?!offline\/)/,
    to: /^src\/offline\//,
  },
  {
    why: 'pure files stay pure: bytes and decisions, tested without any store',
    from: new RegExp(`^src/engine/(${PURE_ENGINE})\\.ts$`),
    to: new RegExp(`^(?!node:(crypto|zlib)$|src/engine/(${PURE_ENGINE})\\.ts$|src/platform/(${PURE_PLATFORM})\\.ts$)`),
  },
  {
    why: 'only adapters, clients and the single-machine mode touch files and sockets; all else has them injected',
    from: /^src\/(?!platform\/|client\/|cli\/|local\/|offline\/|nbd\/|attach\/|web\/build\.mjs)/,
    to: IO_MODULES,
  },
  {
    why: 'AWS is behind the ports of src/platform; only what composes a process makes clients for it',
    from: /^src\/(?!platform\/|offline\/|composition\.ts$)/,
    to: /^(@aws-sdk|@smithy)\//,
  },
  {
    why: 'the console runs in a browser, and knows the service by its public API alone',
    from: /^src\/console\/(?!build\.mjs$)/,
    to: /^(node:|src\/(?!console\/|generated\/console-))/,
  },
  {
    why: 'the service hands the console out as files, and needs nothing of it',
    from: /^(src\/(?!console\/)|functions\/)/,
    to: /^src\/console\/(?!build\.mjs$)/,
  },
  {
    why: 'what a deployment bundles must not reach for tests, benchmarks or scripts',
    from: /^(src|functions)\//,
    to: /^(test|bench|\.ci)\//,
  },
  {
    why: 'functions are entry points: they compose, and nothing builds upon them',
    from: /^(src|bench)\//,
    to: /^functions\//,
  },
];

export interface Violation {
  readonly at: Import;
  readonly why: string;
}

export function violations(imports: readonly Import[], rules: readonly ImportRule[] = IMPORT_RULES): Violation[] {
  return imports.flatMap((at) =>
    rules.filter((rule) => rule.from.test(at.from) && rule.to.test(at.to)).map(({ why }) => ({ at, why })),
  );
}

/**
 * Rings of files that need each other to be loaded: types alone do no harm. Each ring begins with
 * its first name.
 */
export function cycles(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const found = new Map<string, string[]>();
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const begin = path.indexOf(file);
    if (begin >= 0) {
      const ring = fromFirstName(path.slice(begin));
      found.set(ring.join(' '), ring);
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return [...found.values()];
}

function fromFirstName(ring: readonly string[]): string[] {
  const first = ring.indexOf([...ring].sort()[0] ?? '');
  return [...ring.slice(first), ...ring.slice(0, first)];
}
