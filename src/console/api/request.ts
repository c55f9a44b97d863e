import type { Operation } from '../../generated/console-operations.ts';
import type { ErrorCode } from '../../generated/console-permissions.ts';

/** Codes of the service, and what can go wrong before it is reached. */
export type FailureCode = ErrorCode | 'Unreachable' | 'BadAnswer';

/** A refusal or a failure as it is shown: a code, a sentence, and where it can be looked up. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: FailureCode;
  readonly requestId: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** All that the code carries. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: FailureCode, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
    this.requestId = typeof extra.requestId === 'string' ? extra.requestId : undefined;
    this.field = typeof extra.field === 'string' ? extra.field : undefined;
    this.retryAfterMs = typeof extra.retryAfterMs === 'number' ? extra.retryAfterMs : undefined;
  }
}

interface GraphqlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Longer than the service takes for anything. */
const TIMEOUT_MS = 40_000;

/** Asks the service; whatever refuses a part of the answer refuses it all. */
export async function request<Variables, Data>(
  operation: Operation<Variables, Data>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await send('/graphql', 'POST', { query: operation.text, variables }, signal);
  const answer = (await read(response)) as GraphqlAnswer<Data>;
  const [error] = answer.errors ?? [];
  if (error !== undefined) {
    const requestId = response.headers.get('x-request-id');
    const extra = { ...(requestId !== null && { requestId }), ...error.extensions };
    throw new ApiError((extra as { code?: ErrorCode }).code ?? 'Internal', error.message, extra);
  }
  if (answer.data === undefined || answer.data === null) throw new ApiError('BadAnswer', `HTTP ${response.status}`);
  return answer.data;
}

/** Signs in, out, or tells whether somebody is signed in: the cookie is not for scripts to see. */
export const session = {
  async isSignedIn(): Promise<boolean> {
    const response = await send('/console/session', 'GET');
    if (!response.ok) throw new ApiError('BadAnswer', `HTTP ${response.status}`);
    return ((await read(response)) as { signedIn?: boolean }).signedIn === true;
  },
  async signIn(secret: { readonly key: string } | { readonly link: string }): Promise<void> {
    const response = await send('/console/session', 'POST', secret);
    if (response.ok) return;
    const told = (await read(response)) as { code?: ErrorCode; message?: string };
    throw new ApiError(told.code ?? 'Unauthenticated', told.message ?? `HTTP ${response.status}`);
  },
  async signOut(): Promise<void> {
    await send('/console/session', 'DELETE');
  },
};

async function send(path: string, method: string, body?: object, signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        'x-varve-console': '1',
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.status >= 502 && response.status <= 504) throw new ApiError('Unreachable', `HTTP ${response.status}`);
    return response;
  } catch (error) {
    if (signal?.aborted === true || error instanceof ApiError) throw error;
    throw new ApiError('Unreachable', error instanceof Error ? error.message : String(error));
  }
}

async function read(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new ApiError('BadAnswer', `HTTP ${response.status}`);
  }
}
