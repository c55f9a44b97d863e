import { sizeText } from '../../platform/size-text.ts';
import { ClientError } from '../errors.ts';

/**
 * `reason` of an `ObjectDamaged` whose answers do not prove the version that was asked for (rule
 * 9.6).
 */
export const NOT_PROVED = 'ROOT';

export interface Contradiction {
  readonly what: string;
  readonly expected: string | number;
  readonly came: string | number;
  /** Of the first block that it concerns, if it concerns some blocks only. */
  readonly offsetBytes?: number;
}

/**
 * The service, or somebody between, gives other contents than those that were asked for: damage,
 * too.
 */
export function contradiction(source: string, { what, expected, came, offsetBytes }: Contradiction): ClientError {
  const kind = kindOf(source);
  const place = offsetBytes === undefined ? '' : ` at offset ${sizeText(offsetBytes)}`;
  return new ClientError(
    'ObjectDamaged',
    `Damaged data in ${kind} ${source}${place}: ${what} does not prove its contents. Expected ${expected}, but ${came} came.`,
    {
      [`${kind}Id`]: source,
      ...(offsetBytes === undefined ? {} : { offsetBytes }),
      reason: NOT_PROVED,
      expected,
      came,
    },
  );
}

/** What an id names, in words. */
export function kindOf(source: string): string {
  if (source.startsWith('m-')) return 'image';
  return source.startsWith('s-') ? 'snapshot' : 'disk';
}
