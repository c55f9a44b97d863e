import { invalid } from '../../platform/errors.ts';
import { idPrefix } from './owned.ts';

const NAME_CHARS = { min: 2, max: 128 };
const DESCRIPTION_CHARS = { min: 2, max: 256 };
const MAX_TOKEN_CHARS = 64;

/**
 * Rule 4.3 without the reserved word: 2–128 characters, first a letter of any script, no http:// or
 * https:// in front. A name in the form of an id is refused: callers may give either.
 */
export function parseName(field: string, text: string): string {
  const name = composed(field, text);
  requireLength(field, name, NAME_CHARS);
  if (!/^\p{L}/u.test(name)) throw invalid(field, 'must begin with a letter');
  refuseAddress(field, name);
  if (idPrefix(name) !== undefined) throw invalid(field, 'must not look like an id');
  return name;
}

/** Rule 4.3. `auto` is how automatic snapshots are named (4.7). */
export function parseSnapshotName(field: string, text: string): string {
  const name = parseName(field, text);
  if (/^auto/i.test(name)) throw invalid(field, 'must not begin with auto, which is reserved for policies');
  return name;
}

export function parseDescription(field: string, text: string): string {
  const description = composed(field, text);
  requireLength(field, description, DESCRIPTION_CHARS);
  refuseAddress(field, description);
  return description;
}

export function parseClientToken(field: string, text: string): string {
  if (text.length === 0 || text.length > MAX_TOKEN_CHARS || !/^[\x21-\x7e]+$/.test(text)) {
    throw invalid(field, `must be 1–${MAX_TOKEN_CHARS} printable ASCII characters without spaces`);
  }
  return text;
}

export function parseLength(
  field: string,
  text: string,
  limits: { readonly min: number; readonly max: number },
): string {
  requireLength(field, composed(field, text), limits);
  return text;
}

/**
 * One spelling of each text, so that equal names compare equal; no lone surrogates or control
 * characters.
 */
function composed(field: string, text: string): string {
  if (!text.isWellFormed() || /\p{Cc}/u.test(text)) throw invalid(field, 'must not contain control characters');
  return text.normalize('NFC');
}

function requireLength(
  field: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  const characters = [...text].length;
  if (characters < min || characters > max)
    throw invalid(field, `must have ${min}–${max} characters, not ${characters}`);
}

function refuseAddress(field: string, text: string): void {
  if (/^https?:\/\//i.test(text)) throw invalid(field, 'must not begin with http:// or https://');
}
