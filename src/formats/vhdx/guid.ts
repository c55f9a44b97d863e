export const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** As text. The first three numbers are stored with their last byte first. */
export function guidAt(bytes: Buffer, at: number): string {
  const hex = (from: number, to: number) => bytes.toString('hex', at + from, at + to);
  const first = bytes.readUInt32LE(at).toString(16).padStart(8, '0');
  const [second, third] = [4, 6].map((from) =>
    bytes
      .readUInt16LE(at + from)
      .toString(16)
      .padStart(4, '0'),
  );
  return `${first}-${second}-${third}-${hex(8, 10)}-${hex(10, 16)}`;
}
