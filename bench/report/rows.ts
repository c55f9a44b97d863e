/** A line of the report. */
export interface Row {
  readonly what: string;
  readonly value: string;
  /** Least and most of the rounds. */
  readonly spread?: string;
  readonly target?: string;
  readonly reached?: boolean;
  readonly peakMib?: number;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}
