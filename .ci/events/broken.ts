/** A JSON schema of an event, as far as it can break a receiver. */
interface Schema {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly format?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * What a receiver that was written for the earlier schema would not understand: a field that is
 * gone, may be missing now, or is of another kind.
 */
export function brokenBy(earlier: Schema, later: Schema, at = ''): string[] {
  const faults = (['type', 'const', 'format'] as const)
    .filter((part) => JSON.stringify(earlier[part]) !== JSON.stringify(later[part]))
    .map((part) => `${at || 'the event'} has another ${part}`);
  const missing = (earlier.required ?? [])
    .filter((name) => !(later.required ?? []).includes(name))
    .map((name) => `${at}${name} may be missing`);
  const fields = Object.entries(earlier.properties ?? {}).flatMap(([name, schema]) => {
    const now = later.properties?.[name];
    return now === undefined ? [`${at}${name} is gone`] : brokenBy(schema, now, `${at}${name}.`);
  });
  return [...faults, ...missing, ...fields];
}
