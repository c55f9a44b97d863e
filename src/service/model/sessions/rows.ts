import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/** A browser that is signed in, for an API key. Found by its id alone, as the cookie names it. */
export const sessionEntity = entity({
  name: 'session',
  attributes: {
    id: string(),
    /** SHA-256 of the cookie's whole text, hex. The text has 32 random bytes. */
    secretHash: string(),
    accountId: string(),
    apiKeyId: string(),
    createdAt: string(),
    /** When it was last used, to some minutes. */
    usedAt: string(),
    endsAt: string(),
    /** Whose programs may use it, where that is known; see peer.ts of the single machine. */
    peer: optional(string()),
    /** Epoch second after which it may go. */
    forgetAt: number(),
  },
  primary: { partition: ['id'], sort: [] },
  expiry: 'forgetAt',
});
export type SessionRow = RowOf<typeof sessionEntity>;

/** A link that opens one session, once. */
export const signInLinkEntity = entity({
  name: 'signinlink',
  attributes: {
    id: string(),
    /** SHA-256 of the link's whole secret, hex. */
    secretHash: string(),
    accountId: string(),
    apiKeyId: string(),
    createdAt: string(),
    endsAt: string(),
    /** The session that it opened. From then on it opens none. */
    sessionId: optional(string()),
    /** Epoch second after which it may go. Till then a second use is noticed. */
    forgetAt: number(),
  },
  primary: { partition: ['id'], sort: [] },
  expiry: 'forgetAt',
});
export type SignInLinkRow = RowOf<typeof signInLinkEntity>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A session that nobody uses for so long has ended. */
export const IDLE_MS = 12 * HOUR_MS;
/** No session lasts longer. */
export const SESSION_MS = 7 * 24 * HOUR_MS;
/** Its use is noted at most this often: a page asks many times a minute. */
export const NOTED_MS = 10 * MINUTE_MS;
/** No link is good for longer. */
export const MOST_LINK_SECONDS = 60;
/** How long the second use of a link is told from a link that never was. */
export const LINK_KEPT_MS = 24 * HOUR_MS;
