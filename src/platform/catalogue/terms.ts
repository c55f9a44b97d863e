/**
 * The names and values of an expression. Placeholders stand for all of them, so that no name can be
 * a reserved word, and no value a piece of the syntax.
 */
export interface Terms {
  readonly name: (field: string) => string;
  readonly value: (value: unknown) => string;
  /** What stands for what. Empty ones are left out: DynamoDB refuses them. */
  params(): {
    readonly ExpressionAttributeNames?: Record<string, string>;
    readonly ExpressionAttributeValues?: Record<string, unknown>;
  };
}

export function terms(): Terms {
  const known = new Map<string, string>();
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  let count = 0;
  return {
    name: (field) => {
      const before = known.get(field);
      if (before !== undefined) return before;
      const placeholder = `#n${known.size}`;
      known.set(field, placeholder);
      names[placeholder] = field;
      return placeholder;
    },
    value: (value) => {
      const placeholder = `:v${count++}`;
      values[placeholder] = value;
      return placeholder;
    },
    params: () => ({
      ...(known.size > 0 && { ExpressionAttributeNames: names }),
      ...(count > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}
