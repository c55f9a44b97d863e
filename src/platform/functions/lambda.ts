import { awsSettings } from '../aws-settings.ts';
import { type RetryLimits, withRetries } from '../retry.ts';

export interface InvokeOptions {
  readonly signal: AbortSignal;
  /** In [0, 1): spreads retries. */
  readonly random?: () => number;
  readonly retry?: Partial<RetryLimits>;
}

const LIMIT_MS = 1_000_000; // longer than a function may run
const RETRY: RetryLimits = {
  attempts: 6,
  attemptMs: LIMIT_MS,
  totalMs: LIMIT_MS,
  firstWaitMs: 100,
  longestWaitMs: 5000,
};

/**
 * Calls a function of AWS Lambda by the rights that the environment gives, and answers what it
 * answers. Where the answer is lost the function is called again, so it must be one that may run
 * twice. The client is loaded when needed.
 */
export async function invokeLambda(
  name: string,
  event: object,
  { signal, random = Math.random, retry }: InvokeOptions,
): Promise<unknown> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const lambda = new LambdaClient(awsSettings({ requestMs: LIMIT_MS }));
  try {
    const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
    const patience = { ...RETRY, ...retry, what: 'AWS Lambda', random, signal };
    const { Payload, FunctionError } = await withRetries(patience, (abortSignal) =>
      lambda.send(command, { abortSignal }),
    );
    const told = JSON.parse(Payload?.transformToString() ?? 'null') as { readonly errorMessage?: string } | null;
    if (FunctionError !== undefined) throw new Error(told?.errorMessage ?? FunctionError);
    return told;
  } finally {
    lambda.destroy();
  }
}
