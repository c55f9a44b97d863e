/** The part of an API Gateway event (payload 2.0) that is used. */
export interface HttpEvent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** None is absent on AWS, and null in the emulation of it. */
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
  /** On AWS these are apart from the headers. */
  readonly cookies?: readonly string[] | null | undefined;
  readonly requestContext: {
    readonly requestId?: string | undefined;
    readonly http: {
      readonly method: string;
      readonly sourceIp?: string | undefined;
      /** Whose program is at the other end, where the machine can tell. */
      readonly peer?: string | undefined;
    };
  };
}

export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each is one `Set-Cookie`. */
  readonly cookies?: readonly string[];
  readonly body: string;
}

export type HttpHandler = (event: HttpEvent) => Promise<HttpResult>;

export function headerOf({ headers }: HttpEvent, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
