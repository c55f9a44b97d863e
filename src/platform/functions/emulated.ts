/** Where an emulated Lambda takes calls, and what opens it. */
export interface EmulatedFunctions {
  /** Stands before a function's name in the address that Lambda's own API has for calls. */
  readonly url: string;
  readonly secret: string;
}

/** Calls a function of an emulated Lambda, and answers what it answers. */
export async function invokeEmulated(
  { url, secret }: EmulatedFunctions,
  name: string,
  event: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const answer = await fetch(`${url}${name}/invocations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify(event),
    ...(signal === undefined ? {} : { signal }),
  });
  const told = (await answer.json()) as { readonly errorMessage?: string } | null;
  if (answer.ok && told?.errorMessage === undefined) return told;
  throw new Error(told?.errorMessage ?? `${name} answered with status ${answer.status}.`);
}
