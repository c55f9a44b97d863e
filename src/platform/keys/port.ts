/**
 * Keys for encrypted domains. A domain's data key exists in two forms: wrapped, kept in the
 * catalogue, and plain, only ever in a client's memory.
 */
export interface KeyService {
  /** A new 32-byte data key, wrapped under `keyId`; the plain form is not returned. */
  generateWrapped(keyId: string): Promise<WrappedKey>;
  /**
   * The same data key, wrapped again by the same key for use in another region of the installation;
   * the plain form is not returned. Throws `KeyUnavailable` where the key cannot be used there.
   */
  rewrap(key: WrappedKey, regionId: string): Promise<WrappedKey>;
}

export interface KeyUnwrapper {
  /** Throws `VarveError('KeyUnavailable')` when the key is unknown here or its use is refused. */
  unwrap(key: WrappedKey): Promise<Buffer>;
}

export interface WrappedKey {
  readonly keyId: string;
  /** Base64. */
  readonly wrapped: string;
}
