/**
 * What the supervisor tells the process that emulates API Gateway and Lambda, by environment
 * variables.
 */
export interface OfflineSettings {
  readonly codeDir: string;
  /** The functions' own configuration. */
  readonly environment: Record<string, string>;
  readonly offline: { readonly httpPort: number; readonly lambdaPort: number };
  /** What a call of a function has to bring. */
  readonly secret: string;
  readonly sqs: {
    readonly endpoint: string;
    readonly region: string;
    readonly accountId: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    /**
     * As for the functions that are called over HTTP: without it, each message is worked on in a
     * thread of its own.
     */
    readonly useInProcess: true;
  };
}

export const LOCAL_AWS_REGION = 'us-east-1';
export const LOCAL_AWS_ACCOUNT = '000000000000';

export function offlineSettings(environment: NodeJS.ProcessEnv): OfflineSettings {
  const need = (name: string): string => {
    const value = environment[name];
    if (value === undefined) throw new Error(`${name} is not set: start the single-machine mode by npm start.`);
    return value;
  };
  return {
    codeDir: need('VARVE_LOCAL_CODE'),
    environment: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        name.startsWith('VARVE_') && !name.startsWith('VARVE_LOCAL_') && value !== undefined ? [[name, value]] : [],
      ),
    ),
    offline: { httpPort: Number(need('VARVE_LOCAL_PORT')), lambdaPort: Number(need('VARVE_LOCAL_LAMBDA_PORT')) },
    secret: need('VARVE_LOCAL_OPERATOR_SECRET'),
    sqs: {
      endpoint: need('AWS_ENDPOINT_URL_SQS'),
      region: LOCAL_AWS_REGION,
      accountId: LOCAL_AWS_ACCOUNT,
      accessKeyId: need('AWS_ACCESS_KEY_ID'),
      secretAccessKey: need('AWS_SECRET_ACCESS_KEY'),
      useInProcess: true,
    },
  };
}
