/** The media types of GraphQL over HTTP. The first one answers a caller that has no preference. */
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

/** One media range of an `Accept` header. */
interface Range {
  readonly type: string;
  readonly quality: number;
  readonly position: number;
}

interface Match {
  readonly quality: number;
  readonly specificity: number;
  readonly position: number;
}

/**
 * The media type that an `Accept` header prefers; undefined if it allows neither (RFC 9110,
 * 12.5.1).
 */
export function chooseMediaType(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept.trim() === '') return MEDIA_TYPES[0];
  const ranges = accept.split(',').map(parseRange);
  const offers = MEDIA_TYPES.map((type) => ({ type, match: bestMatch(type, ranges) }));
  const [best] = offers.filter(({ match }) => match.quality > 0).toSorted((a, b) => compare(a.match, b.match));
  return best?.type;
}

function parseRange(text: string, position: number): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, quality: quality === undefined ? 1 : Number(quality) || 0, position };
}

/**
 * The most specific range that matches decides: `application/json;q=0` excludes JSON beside any
 * wildcard.
 */
function bestMatch(type: MediaType, ranges: readonly Range[]): Match {
  const none: Match = { quality: 0, specificity: -1, position: ranges.length };
  return ranges.reduce<Match>((best, { type: range, quality, position }) => {
    const specificity = ['*/*', 'application/*', type].indexOf(range);
    return specificity > best.specificity ? { quality, specificity, position } : best;
  }, none);
}

function compare(a: Match, b: Match): number {
  return b.quality - a.quality || b.specificity - a.specificity || a.position - b.position;
}
