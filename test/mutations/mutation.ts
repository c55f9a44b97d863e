/** A rule of the engine, broken on purpose: each text must occur exactly once in its file. */
export interface Mutation {
  readonly rule: string;
  readonly broken: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

/** A break in one place of the engine. */
export const one = (rule: string, broken: string, file: string, from: string, to: string): Mutation => ({
  rule,
  broken,
  edits: [{ file: `src/engine/${file}.ts`, from, to }],
});
