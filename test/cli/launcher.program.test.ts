import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';

beforeAll(cliBuilt);

describe('the launcher', () => {
  it('tells its version at once', () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(execFileSync(process.execPath, [LAUNCHER, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
    const told = execFileSync(process.execPath, [LAUNCHER, '--version', '--json'], { encoding: 'utf8' });
    const { platform, arch, versions } = process;
    expect(JSON.parse(told)).toEqual({
      ...{ version, node: versions.node, platform: `${platform}-${arch}`, form: 'package' },
    });
  });

  it('loads nothing but Node at its start; the AWS SDK, only where a command needs it', () => {
    const seen = new Set<string>();
    const loadedBy = (file: string): string[] => {
      if (seen.has(file)) return [];
      seen.add(file);
      const code = readFileSync(join(import.meta.dirname, '../../dist/cli', file), 'utf8');
      const names = [...code.matchAll(/(?:^|[;\n])(?:import|export)\b[^;("']*["']([^"']+)["']/g)].map(
        ([, name]) => name ?? '',
      );
      return names.flatMap((name) => (name.startsWith('./') ? loadedBy(name) : [name]));
    };
    const loaded = loadedBy('varve.js');
    expect(loaded.filter((name) => !isBuiltin(name))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1); // parts that are shared with what is loaded later
    expect(loaded).toContain('node:crypto');
  });
});

describe('standard output', () => {
  const DONE = [['completion', 'bash'], ['--help']]; // of a command, and what needs none

  it.runIf(existsSync('/dev/full')).each(DONE)(
    'that cannot be written makes %s fail (where there is /dev/full)',
    (...words) => {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [LAUNCHER, ...words], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      closeSync(full);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^varve: Cannot write standard output: no space is left\.\nGive another output.*\n$/);
    },
  );

  it.each(DONE)('whose reader has seen enough does not make %s fail', (...words) => {
    const line = 'set -o pipefail; "$@" | { exec 0<&-; sleep 1; }';
    const { status, stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, LAUNCHER, ...words], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
