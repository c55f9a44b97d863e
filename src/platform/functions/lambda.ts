/** Calls a function of AWS Lambda by the rights that the environment gives, and answers what it answers. The client is loaded when needed. */
export async function invokeLambda(name: string, event: object, abortSignal: AbortSignal): Promise<unknown> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const lambda = new LambdaClient({ requestHandler: { requestTimeout: LIMIT_MS } });
  try {
    const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
    const { Payload, FunctionError } = await lambda.send(command, { abortSignal });
    const told = JSON.parse(Payload?.transformToString() ?? 'null') as { readonly errorMessage?: string } | null;
    if (FunctionError !== undefined) throw new Error(told?.errorMessage ?? FunctionError);
    return told;
  } finally {
    lambda.destroy();
  }
}

const LIMIT_MS = 1_000_000; // longer than a function may run
