/** What the person who runs the benchmark can mend; told without a stack. */
export class BenchError extends Error {}
