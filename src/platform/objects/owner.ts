/**
 * An object that says to whom a bucket belongs. Two installations in one bucket would free each
 * other's objects, as each knows only what its own catalogue refers to.
 */
export const OWNER_KEY = 'varve-owner.json';

export interface Owner {
  /** Of the installation. */
  readonly id: string;
  /** For people: what it is and where. */
  readonly what: string;
  /** When it took the bucket, ISO 8601. */
  readonly since: string;
  /** Its last start: a copy of the installation has the same id. */
  readonly run?: string;
}

export function writeOwner(owner: Owner): Buffer {
  return Buffer.from(`${JSON.stringify({ format: 1, ...owner })}\n`);
}

/** Undefined for what is none: then it is somebody's whom nobody knows. */
export function readOwner(bytes: Uint8Array): Owner | undefined {
  try {
    const { id, what, since, run } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Owner>;
    if (typeof id !== 'string' || typeof what !== 'string' || typeof since !== 'string') return undefined;
    return { id, what, since, ...(typeof run === 'string' && { run }) };
  } catch {
    return undefined;
  }
}
