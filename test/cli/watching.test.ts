import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Console, createConsole } from '../../src/cli/console.ts';
import { watchCommand } from '../../src/cli/watching.ts';
import { ClientError } from '../../src/client/errors.ts';

/** A terminal on which a command is watched, until `stop`. */
function watched(once: (console: Console, round: number) => Promise<void>, { rows = 24, isTerminal = true } = {}) {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 40, rows });
  const console = createConsole({ json: false, quiet: false, stdout, stderr: new PassThrough() });
  const stopped = new AbortController();
  const { signal } = stopped;
  let round = 0;
  let resized = () => {};
  const onResize = (todo: () => void) => {
    resized = todo;
    return () => undefined;
  };
  const over = watchCommand({
    ...{ path: 'disk list', console, signal, seconds: 0.01 },
    terminal: isTerminal ? { onResize } : undefined,
    once: async (gathering) => {
      await Promise.resolve(); // as every command asks something first
      await once(gathering, ++round);
    },
  });
  return {
    over,
    stdout,
    stop: () => stopped.abort(new ClientError('Interrupted', 'Stopped.', { signal: 'SIGINT' })),
    resize: () => resized(),
  };
}

const HEAD = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · every`;

describe('--watch', () => {
  it('draws each result in the place of the one before, until it is stopped', async () => {
    const { over, stdout, stop } = watched(async (console, round) => {
      console.result({}, () => [`round ${round}`, 'second line']);
      if (round === 2) stop();
    });
    await expect(over).rejects.toMatchObject({ code: 'ABORT_ERR' });
    const [first = '', second = ''] = String(stdout.read()).split('\u001B[3A\u001B[J');
    expect(first).toMatch(new RegExp(`^\\r\\u001B\\[2K${HEAD}.*\\nround 1\\nsecond line\\n\\r$`));
    expect(second).toMatch(new RegExp(`^${HEAD}.*\\nround 2\\nsecond line\\n$`));
  });

  it('shows no more than the terminal is high, and notes too', async () => {
    const { over, stdout, stop } = watched(
      async (console) => {
        console.note('There are more: raise --limit.');
        console.result({}, () => Array.from({ length: 20 }, (_, at) => `line ${at}`));
        stop();
      },
      { rows: 6 },
    );
    await expect(over).rejects.toMatchObject({ code: 'ABORT_ERR' });
    const lines = String(stdout.read()).split('\n');
    expect(lines.slice(1)).toEqual(['There are more: raise --limit.', 'line 0', 'line 1', '… 18 more lines', '']);
  });

  it('makes the lines again when the terminal gets another width', async () => {
    const { over, stdout, stop, resize } = watched(async (console, round) => {
      console.result({}, () => [`${console.columns} columns`]);
      if (round === 2) {
        stdout.read();
        stdout.columns = 30;
        resize();
        expect(String(stdout.read())).toContain('30 columns');
        stop();
      }
    });
    await expect(over).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('goes on when the service is busy or disks are in breach, and ends with other failures', async () => {
    const { over, stdout } = watched(async (console, round) => {
      if (round === 1) throw new ClientError('Throttled', 'The service is busy.', { retryAfterMs: 20 });
      console.result({}, () => ['shown']);
      throw new ClientError(round === 2 ? 'InBreach' : 'NotFound', 'Gone.');
    });
    await expect(over).rejects.toMatchObject({ code: 'NotFound' });
    const text = String(stdout.read());
    expect(text).toContain('The service is busy.');
    expect(text).toContain('shown');
  });

  it('needs a terminal, and says what to do without one', async () => {
    const { over } = watched(async () => undefined, { isTerminal: false });
    await expect(over).rejects.toThrow(/varve events --follow --json or varve job wait/);
  });
});
