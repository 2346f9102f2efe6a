// `fields=` as the Graph writes it: names, modifiers, nesting, aliases. Source: the field expansion guide.

export interface FieldRequest {
  name: string;
  /** `.limit(5).order(chronological)`, values as written. */
  modifiers: Record<string, string>;
  fields: FieldRequest[] | undefined;
  /** `.as(other)`: the key in the answer; the name itself otherwise. */
  alias: string;
}
