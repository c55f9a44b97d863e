import { describe, expect, it, test } from 'vitest';
import { MemoryDevice } from '../support/memory-device.ts';
import { FLAGS, go, named, option, request, setContexts, text, u16, u32, u64 } from '../support/nbd-bytes.ts';
import { settle, TestSession } from '../support/nbd-session.ts';

const [ACK, SERVER, INFO, META] = [1, 2, 3, 4] as const;
const [UNSUP, POLICY, INVALID, TLS_REQD, UNKNOWN, TOO_BIG] = [1, 2, 3, 5, 6, 9].map((error) => 2 ** 31 + error) as [
  number,
  number,
  number,
  number,
  number,
  number,
];
const SIZE = 1024 * 1024;
const disk = new MemoryDevice({ sizeBytes: SIZE });
const old = new MemoryDevice({ sizeBytes: 4096, readOnly: true, name: 'älter', description: '' });

/** Greeted, and in the midst of the negotiation. */
function negotiating(tls: 'none' | 'required' | 'established' = 'none'): TestSession {
  const session = new TestSession([disk, old], { tls });
  session.receive(u32(FLAGS.fixed | FLAGS.noZeroes));
  expect(session.said().greeting()).toBe(3);
  return session;
}

const types = (session: TestSession) =>
  session
    .said()
    .optionReplies()
    .map(({ type }) => type);

describe('golden exchanges', () => {
  it('GO', () => {
    const session = new TestSession([disk]);
    session.receive(
      Buffer.from('00000003' + '49484156454f5054' + '00000007' + '0000000a' + '00000004' + '6469736b' + '0000', 'hex'),
    );
    expect(
      session
        .said()
        .take(18 + 32 + 20)
        .toString('hex'),
    ).toBe(
      '4e42444d41474943' +
        '49484156454f5054' +
        '0003' +
        '0003e889045565a9' +
        '00000007' +
        '00000003' +
        '0000000c' +
        '0000' +
        '0000000000100000' +
        '0d6d' +
        '0003e889045565a9' +
        '00000007' +
        '00000001' +
        '00000000',
    );
  });

  it('EXPORT_NAME, old-fashioned: 124 zeros follow', () => {
    const session = new TestSession([disk]);
    session.receive(u32(0), option(1, text('disk')));
    const said = session.said();
    said.greeting();
    expect(said.take(10).toString('hex')).toBe('0000000000100000' + '0d6d');
    expect(said.take(124)).toEqual(Buffer.alloc(124));
    expect(said.left).toBe(0);
  });
});

describe('exports', () => {
  it('are listed with what they are', () => {
    const replies = negotiating().receive(option(3)).said().optionReplies();
    expect(replies.map(({ type, data }) => [type, data.toString('latin1')])).toEqual([
      [SERVER, Buffer.concat([named('disk'), text('A disk in memory.')]).toString('latin1')],
      [SERVER, named('älter').toString('latin1')],
      [ACK, ''],
    ]);
  });

  it('tell their sizes, flags, names and block sizes when asked', () => {
    const session = negotiating();
    const replies = session
      .receive(option(6, named(''), u16(4), ...[0, 1, 2, 3].map(u16)))
      .said()
      .optionReplies();
    expect(replies.map(({ type, data }) => [type, data.toString('hex')])).toEqual([
      [INFO, Buffer.concat([u16(0), u64(SIZE), u16(0xd6d)]).toString('hex')],
      [INFO, Buffer.concat([u16(1), text('disk')]).toString('hex')],
      [INFO, Buffer.concat([u16(2), text('A disk in memory.')]).toString('hex')],
      [INFO, Buffer.concat([u16(3), u32(1), u32(4096), u32(33554432)]).toString('hex')],
      [ACK, ''],
    ]);
    expect(session.receive(go('älter')).said().optionReplies()[0]?.data.subarray(2)).toEqual(
      Buffer.concat([u64(4096), u16(0x507)]),
    );
  });

  it('of which there is none of that name are unknown, and the negotiation goes on', () => {
    const session = negotiating();
    expect(types(session.receive(go('nothing')))).toEqual([UNKNOWN]);
    expect(types(session.receive(option(6, named('DISK'), u16(0))))).toEqual([UNKNOWN]);
    expect(types(session.receive(go('disk')))).toEqual([INFO, ACK]);
  });

  test.each([
    ['that there is not', option(1, text('nothing'))],
    ['that is no UTF-8', option(1, Buffer.from([0xff]))],
    ['that is too long', option(1, Buffer.alloc(5000, 'a'))],
    ['that is far too long', Buffer.concat([text('IHAVEOPT'), u32(1), u32(0xffffffff)])],
  ])('EXPORT_NAME of one %s ends the connection, as it cannot be refused', (_, bytes) => {
    const session = negotiating().receive(bytes);
    expect(session.state).toBe('destroyed');
    expect(session.said().left).toBe(0);
  });
});

describe('metadata contexts', () => {
  const told = (session: TestSession) =>
    session
      .said()
      .optionReplies()
      .map(({ type, data }) => (type === META ? `${data.readUInt32BE()} ${data.subarray(4).toString()}` : type));
  const listed = (name: string, ...queries: string[]) =>
    option(9, named(name), u32(queries.length), ...queries.map(named));

  it('are listed without ids, also before structured replies', () => {
    const session = negotiating();
    expect(told(session.receive(listed('disk')))).toEqual(['0 base:allocation', '0 varve:dirty', ACK]);
    expect(told(session.receive(listed('disk', 'varve:')))).toEqual(['0 varve:dirty', ACK]);
    expect(told(session.receive(listed('disk', 'qemu:')))).toEqual([ACK]);
    expect(told(session.receive(listed('nothing', 'base:')))).toEqual([UNKNOWN]);
  });

  it('are set after structured replies only, by full names', () => {
    const session = negotiating();
    expect(told(session.receive(setContexts('disk', 'base:allocation')))).toEqual([INVALID]);
    expect(types(session.receive(option(8)))).toEqual([ACK]);
    expect(told(session.receive(setContexts('disk', 'base:', 'varve:dirty', 'base:new')))).toEqual([
      '2 varve:dirty',
      ACK,
    ]);
    expect(told(session.receive(setContexts('disk')))).toEqual([ACK]);
    expect(told(session.receive(setContexts('disk', 'nonsense')))).toEqual([INVALID]);
  });

  const STATUS = request({ command: 7, length: 4096 });
  const statuses = async (...options: readonly Buffer[]): Promise<(number | undefined)[]> => {
    const session = negotiating().receive(option(8), ...options, go('disk'));
    session.said();
    session.receive(STATUS);
    await settle();
    const said = session.said();
    const found: (number | undefined)[] = [];
    while (said.left > 0) found.push(said.chunk().type);
    return found;
  };

  it('count for the export they were set for, and as they were set last', async () => {
    const CHUNK_STATUS = 5;
    const CHUNK_ERROR = 0x8001;
    const both = setContexts('disk', 'base:allocation', 'varve:dirty');
    expect(await statuses(both)).toEqual([CHUNK_STATUS, CHUNK_STATUS]);
    expect(await statuses(both, setContexts('disk', 'varve:dirty'))).toEqual([CHUNK_STATUS]);
    expect(await statuses(setContexts('', 'base:allocation'))).toEqual([CHUNK_STATUS]);
    expect(await statuses(setContexts('älter', 'base:allocation'))).toEqual([CHUNK_ERROR]);
    expect(await statuses(both, setContexts('disk', 'nonsense'))).toEqual([CHUNK_ERROR]);
    expect(await statuses(both, setContexts('nothing', 'base:allocation'))).toEqual([CHUNK_ERROR]);
    expect(await statuses()).toEqual([CHUNK_ERROR]);
  });
});

describe('what is wrong', () => {
  test.each([
    ['LIST with data', option(3, u32(0)), INVALID],
    ['STRUCTURED_REPLY with data', option(8, u32(0)), INVALID],
    ['GO without data', option(7), INVALID],
    ['PEEK_EXPORT', option(4, text('disk')), UNSUP],
    ['EXTENDED_HEADERS', option(11), UNSUP],
    ['an option of the future', option(0xffffffff, Buffer.alloc(100)), UNSUP],
    ['an option that is too long', option(7, Buffer.alloc(64 * 1024 + 1)), TOO_BIG],
    ['STARTTLS without TLS', option(5), POLICY],
  ])('%s is refused, and the next option is taken', (_, bytes, error) => {
    const session = negotiating();
    expect(types(session.receive(bytes))).toEqual([error]);
    expect(types(session.receive(option(6, named('disk'), u16(0))))).toEqual([INFO, ACK]);
    expect(session.state).toBe('open');
  });

  test.each([
    ['flags that are not known', [u32(4)]],
    ['what is no option', [u32(1), text('GET / HTTP/1.1\r\n')]],
    ['a request in place of an option', [u32(1), request({ command: 0, length: 1 })]],
  ])('%s ends the connection', (_, bytes) => {
    const session = new TestSession([disk]);
    session.receive(...bytes);
    expect(session.state).toBe('destroyed');
    expect(session.log.entries.map(({ level }) => level)).toEqual(['warn']);
  });

  it('ABORT is acknowledged, whatever comes with it, and ends the connection', () => {
    const session = negotiating().receive(option(2, text('because')));
    expect(types(session)).toEqual([ACK]);
    expect(session.state).toBe('ended');
  });

  it('a client that leaves in the midst of it is let go', () => {
    const session = negotiating().receive(option(7).subarray(0, 9));
    session.session.inputEnded();
    expect(session.state).toBe('ended');
  });

  it('a client that does not read its replies is not read from either', () => {
    const session = negotiating();
    session.stalled = true;
    session.receive(Buffer.concat([option(3), option(3), option(3)]));
    expect(session.paused).toBe(true);
    expect(types(session)).toEqual([SERVER, SERVER, ACK]);
    session.drain();
    const said = session.said();
    expect(said.optionReplies()).toHaveLength(3);
    expect(said.optionReplies()).toHaveLength(3);
    expect(session.paused).toBe(false);
  });
});

describe('TLS', () => {
  it('is required before all else but ABORT', () => {
    for (const bytes of [option(3), go('disk'), option(6, named('x'), u16(0)), option(8), option(99)])
      expect(types(negotiating('required').receive(bytes))).toEqual([TLS_REQD]);
    expect(types(negotiating('required').receive(option(5, u32(0))))).toEqual([INVALID]);
    expect(negotiating('required').receive(option(1, text('disk'))).state).toBe('destroyed');
    const leaving = negotiating('required').receive(option(2));
    expect(types(leaving)).toEqual([ACK]);
    expect(leaving.state).toBe('ended');
  });

  it('is begun once, and then all goes on within it', () => {
    const session = negotiating('required').receive(option(5));
    expect(types(session)).toEqual([ACK]);
    expect(session.state).toBe('tls');
    session.session.secured();
    expect(types(session.receive(option(5)))).toEqual([INVALID]);
    expect(types(session.receive(go('disk')))).toEqual([INFO, ACK]);
  });

  it('is not begun after words that somebody on the way may have added', () => {
    const session = negotiating('required').receive(Buffer.concat([option(5), go('disk')]));
    expect(session.state).toBe('destroyed');
    expect(session.said().left).toBe(0);
  });

  it('ends with the connection where the client leaves during it', () => {
    const session = negotiating('required').receive(option(5));
    session.session.inputEnded();
    expect(session.state).toBe('ended');
  });
});
