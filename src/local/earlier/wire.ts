/** A value as DynamoDB's protocol has it, of the kinds that Varve stores. */
export type WireValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly WireValue[] }
  | { readonly M: WireItem };

export type WireItem = Readonly<Record<string, WireValue>>;

/** Throws for what would not come back as it was. */
export function fromWire(value: WireValue): unknown {
  if ('S' in value) return value.S;
  if ('N' in value) return numberIn(value.N);
  if ('BOOL' in value) return value.BOOL;
  if ('NULL' in value) return null;
  if ('L' in value) return value.L.map(fromWire);
  if ('M' in value) return fieldsFromWire(value.M);
  throw new Error(`a row has a value of the kind ${Object.keys(value).join()}`);
}

export function fieldsFromWire(item: WireItem): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, fromWire(value)]));
}

export function toWire(value: unknown): WireValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(toWire) };
  return { M: fieldsToWire(value as object) };
}

export function fieldsToWire(fields: object): WireItem {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toWire(value)]));
}

/** Equal texts for equal items, and for no others. */
export function canonicalText(item: WireItem): string {
  return `{${Object.keys(item)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalValue(item[name] as WireValue)}`)
    .join()}}`;
}

function canonicalValue(value: WireValue): string {
  if ('M' in value) return `M${canonicalText(value.M)}`;
  if ('L' in value) return `L[${value.L.map(canonicalValue).join()}]`;
  if ('N' in value) return `N${numberIn(value.N)}`; // "1" and "1.0" are the same number
  return JSON.stringify(value);
}

function numberIn(text: string): number {
  const number = Number(text);
  const isExact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
  if (!isExact) throw new Error(`a row has the number ${text}`);
  return number;
}
