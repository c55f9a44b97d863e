/** The roles that operations and fields need, by their names. */
export interface Roles {
  readonly queries: Readonly<Record<string, string>>;
  readonly mutations: Readonly<Record<string, string>>;
  /** By type and field: a role beyond that of the operation. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
