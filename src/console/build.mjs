import { fileURLToPath } from 'node:url';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import { build } from 'vite';

/**
 * The files of the console, for whoever serves it: `index.html` and `assets/` with names that
 * change with their contents. `node src/console/build.mjs [folder]`.
 */
const root = fileURLToPath(new URL('.', import.meta.url));

/** Unless a sheet with this id is there, React Aria inserts a rule, which the policy forbids. */
const namedSheet = {
  name: 'named-sheet',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<link rel="stylesheet"', '<link id="react-aria-pressable-style" rel="stylesheet"'),
  },
};

export async function buildConsole(outDir = `${root}dist`) {
  const before = process.env.NODE_ENV;
  // By another value, as a test runner sets it, Vite would make a development build.
  process.env.NODE_ENV = 'production';
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [namedSheet, { ...optimizeLocales.vite({ locales: ['en-US', 'zh-CN'] }), enforce: 'pre' }],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: {
        onwarn: (warning, warn) => {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
      },
    },
  });
  if (before === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = before;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole(process.argv[2]);
