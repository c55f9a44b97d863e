import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { VarveError } from '../../src/platform/errors.ts';
import { createLog, lineWriter } from '../../src/platform/log.ts';

function capture(level: 'warn' | 'debug') {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level, clock: { now: () => 0 }, write: (line) => lines.push(JSON.parse(line)) });
  return { log, lines };
}

it('writes one JSON object a line', () => {
  const { log, lines } = capture('debug');
  log.info('committed', { disk: 'd-1', blocks: 3 });
  expect(lines).toEqual([
    { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'committed', disk: 'd-1', blocks: 3 },
  ]);
});

it('leaves out what is below its level', () => {
  const { log, lines } = capture('warn');
  log.info('no');
  log.debug('no');
  log.warn('yes');
  log.error('yes');
  expect(lines.map((line) => line.level)).toEqual(['warn', 'error']);
});

it('shows errors with their code and cause', () => {
  const { log, lines } = capture('warn');
  log.error('failed', { error: new VarveError('Throttled', 'busy', {}, new Error('socket')) });
  expect(lines[0]).toMatchObject({ error: { code: 'Throttled', message: 'busy', cause: { message: 'socket' } } });
});

it('loses a line that its stream cannot take, and that is all', async () => {
  const stream = new Writable({
    write: (_line, _encoding, done) => done(new Error('ENOSPC: no space left on device')),
  });
  lineWriter(stream);
  lineWriter(stream)('lost');
  await new Promise((resolve) => stream.on('close', resolve));
  expect(stream.listenerCount('error')).toBe(1);
});
