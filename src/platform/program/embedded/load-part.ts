import { createRequire } from 'node:module';
import { getAsset, getRawAsset } from 'node:sea';
import { Script } from 'node:vm';

type Exports = Readonly<Record<string, unknown>>;

interface Module {
  exports: Exports;
}

/**
 * Loads parts of the program that the executable carries, as `require` loads files: each once, when
 * it is asked for. V8 need not compile what was compiled when the executable was built.
 */
export function createLoader(): (name: string) => Exports {
  const requireBuiltIn = createRequire(process.execPath);
  const loaded = new Map<string, Module>();
  const load = (name: string): Exports => {
    if (!name.startsWith('./')) return requireBuiltIn(name) as Exports;
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const part: Module = { exports: {} };
    loaded.set(name, part);
    const file = name.slice(2);
    const script = new Script(wrapped(getAsset(file, 'utf8')), {
      filename: file,
      cachedData: Buffer.from(getRawAsset(`${file}.cache`)),
    });
    const define = script.runInThisContext() as (part: Module, exports: Exports, require: typeof load) => void;
    define(part, part.exports, load);
    return part.exports;
  };
  return load;
}

/** The build compiles it in the same form: V8 compares its length. */
const wrapped = (source: string): string => `(function (module, exports, require) {${source}\n})`;
