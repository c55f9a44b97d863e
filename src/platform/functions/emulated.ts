/**
 * Calls a function of an emulated Lambda, and answers what it answers. `functions` is what stands
 * before a function's name in the address that Lambda's own API has for calls.
 */
export async function invokeEmulated(
  functions: string,
  name: string,
  event: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const answer = await fetch(`${functions}${name}/invocations`, {
    method: 'POST',
    body: JSON.stringify(event),
    ...(signal === undefined ? {} : { signal }),
  });
  const told = (await answer.json()) as { readonly errorMessage?: string };
  if (answer.ok && told.errorMessage === undefined) return told;
  throw new Error(told.errorMessage ?? `${name} answered with status ${answer.status}.`);
}
