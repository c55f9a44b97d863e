import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt } from '../support/launcher.ts';
import { describeWith, runProgram } from '../support/programs.ts';
import { eventually, startVarve, temporaryFolder } from './running.ts';

const UNIT = join(import.meta.dirname, '../../packaging/systemd/varve.service');
/** Tenths of systemd's own scale from 0 (closed) to 10 (open). */
const MOST_EXPOSED = 40;

describeWith(['systemd-analyze'], 'the unit for systemd', () => {
  it('has nothing that systemd would not understand', async () => {
    expect(await runProgram('systemd-analyze', 'verify', UNIT)).toMatchObject({ status: 0, stderr: '' });
  });

  it('is closed far enough', async () => {
    const { status, stdout } = await runProgram(
      'systemd-analyze',
      'security',
      '--offline=true',
      `--threshold=${MOST_EXPOSED}`,
      UNIT,
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('Overall exposure level')]);
  });
});

describe('under systemd', () => {
  beforeAll(cliBuilt);

  it('it hears when the service is ready, and when it ends', async () => {
    using folder = temporaryFolder();
    const told = join(folder.path, 'told');
    const program = join(folder.path, 'systemd-notify');
    writeFileSync(program, `#!/bin/sh\necho "$@" >> ${told}\n`);
    chmodSync(program, 0o755);
    const environment = { NOTIFY_SOCKET: '@varve-test', PATH: `${folder.path}:${process.env.PATH}` };
    const args = ['--data', join(folder.path, 'data'), '--port', `${await freePort()}`];
    await using running = startVarve(args, 'server', environment);
    await running.ready();
    await eventually(() => existsSync(told));
    expect(readFileSync(told, 'utf8')).toBe('READY=1\n');
    process.kill(running.pid, 'SIGTERM');
    expect(await running.exit()).toBe(0);
    expect(readFileSync(told, 'utf8')).toBe('READY=1\nSTOPPING=1\n');
  });
});
