/** A field that a query asks for so many times, each time by another name. */
export function aliases(count: number, field: string): string {
  return Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ');
}
