import { join } from 'node:path';
import { decodeSegment, encodeSegment, pathOf } from './layout.ts';

/*
 * A program of the folder's owner may work in the folder beside the server: it reads objects from
 * their places, and stages new ones in `incoming`. It changes and removes nothing. The server takes
 * in what it finds there when a commit names it.
 *
 *     incoming/x<nonce>.part                     being written
 *     incoming/x<nonce>-<sha256>-<key>           staged, to be taken where no object is yet
 */

const PREFIX = 'x';
const NAME = /^x[0-9a-f]{16}-([0-9a-f]{64})-(.+)$/;
const PART = /^x[0-9a-f]{16}\.part$/;

/** Of these names. A server that keeps no folder, or another form of it, says so. */
export const STAGING_FORMAT = 1;

/** Random bytes that tell one upload from every other. */
export const NONCE_BYTES = 8;

/** Where an object lies in the folder of an installation, once a commit has named it. */
export const objectPath = (dataDir: string, key: string): string => pathOf(join(dataDir, 'objects'), key);

export interface StagedPaths {
  /** Where its bytes are written. */
  readonly part: string;
  /** What it is renamed to when it is whole. */
  readonly path: string;
}

/** How a client stages one object. */
export interface Staging extends StagedPaths {
  /** Where less than this would be free, it does not. */
  readonly reserveBytes: number;
}

/** `nonce` is hex. */
export function stagedPaths(dataDir: string, { key, sha256 }: StagedObject, nonce: string): StagedPaths {
  const beginning = join(dataDir, 'incoming', PREFIX + nonce);
  return { part: `${beginning}.part`, path: `${beginning}-${sha256}-${encodeSegment(key)}` };
}

export interface StagedObject {
  readonly key: string;
  /** Of its bytes; hex. */
  readonly sha256: string;
}

/** What a file in `incoming` is, if a client has staged it there. */
export function stagedIn(name: string): StagedObject | undefined {
  const [, sha256, key] = NAME.exec(name) ?? [];
  return sha256 === undefined || key === undefined ? undefined : { sha256, key: decodeSegment(key) };
}

/** A client is writing it, or was killed while it did. */
export const isClientsPart = (name: string): boolean => PART.test(name);
