import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { StoredFile } from '../../formats/image.ts';
import { endedEarly, unreadable } from '../threads/image-io.ts';
import type { ImageFile } from '../threads/tasks.ts';

const readFd = promisify(read);

/** A file as the codecs of image formats read it. */
export function storedFile(file: ImageFile): StoredFile {
  return {
    sizeBytes: file.sizeBytes,
    read: async (offset, length) => {
      const into = Buffer.allocUnsafe(length);
      for (let got = 0; got < length; ) {
        const position = offset + got;
        const { bytesRead } = await readFd(file.fd, into, got, length - got, position).catch((error: unknown) => {
          throw unreadable(file, position, error);
        });
        if (bytesRead === 0) throw endedEarly(file, position);
        got += bytesRead;
      }
      return into;
    },
  };
}
