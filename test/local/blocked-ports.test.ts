import { expect, test } from 'vitest';
import { BLOCKED_PORTS } from '../../src/local/blocked-ports.ts';

test.each([...BLOCKED_PORTS])('fetch refuses to ask port %d', async (port) => {
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ message: 'bad port' }) }),
  );
});
