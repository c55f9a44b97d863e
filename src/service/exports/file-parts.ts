import type { Piece, Pieces } from './file-pieces.ts';

/** One part of an upload: where it lies in the file, and the pieces that reach into it. */
export interface FilePart {
  /** From 1 on. */
  readonly number: number;
  readonly at: number;
  readonly length: number;
  readonly pieces: readonly Piece[];
}

const lengthOf = (piece: Piece): number => ('bytes' in piece ? piece.bytes.length : piece.length);

/**
 * Cuts a file into parts of this many bytes. The first part comes last, as the beginning of a file
 * may be known last. Holds no contents, and the pieces of two parts at most.
 */
export async function* partsOf(pieces: Pieces, partBytes: number): AsyncGenerator<FilePart> {
  let first: Piece[] = [];
  let open: Piece[] = [];
  let number = 1;
  const whole = (): FilePart => ({ number, at: (number - 1) * partBytes, length: partBytes, pieces: open });
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) {
      const { fileBytes, beginning } = next.value;
      if (number === 1) first = open;
      for (const last = Math.ceil(fileBytes / partBytes); number <= last; number++, open = [])
        if (number > 1) yield { ...whole(), length: Math.min(partBytes, fileBytes - (number - 1) * partBytes) };
      const length = Math.min(partBytes, fileBytes);
      if (length > 0) yield { number: 1, at: 0, length, pieces: beginning ? [...first, beginning] : first };
      return;
    }
    const piece = next.value;
    const end = piece.at + lengthOf(piece);
    while (piece.at >= number * partBytes) {
      if (number === 1) first = open;
      else yield whole();
      number++;
      open = [];
    }
    open.push(piece);
    while (end > number * partBytes) {
      if (number === 1) first = open;
      else yield whole();
      number++;
      open = [piece];
    }
  }
}
