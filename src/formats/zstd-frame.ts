const MAGIC = 0xfd2fb528;

/**
 * The length of the frame that begins `bytes`, or undefined if it is no whole frame (RFC 8878,
 * 3.1.1). Behind a cluster's frame come the bytes of other clusters, which zstd would take for a
 * next frame.
 */
export function zstdFrameBytes(bytes: Buffer): number | undefined {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  const descriptor = bytes[4] as number;
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const contentSizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
  let at = 5 + (singleSegment ? 0 : 1) + dictionaryBytes + contentSizeBytes;
  for (;;) {
    if (at + 3 > bytes.length) return undefined;
    const header = bytes.readUIntLE(at, 3);
    const isRunLength = ((header >> 1) & 3) === 1;
    at += 3 + (isRunLength ? 1 : header >> 3);
    if ((header & 1) === 1) break;
  }
  at += (descriptor & 4) !== 0 ? 4 : 0;
  return at <= bytes.length ? at : undefined;
}
