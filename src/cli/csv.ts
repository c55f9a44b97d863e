/** Lines of a CSV file by RFC 4180, the first with the names of the columns. */
export function csvLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, ...rows].map((row) => row.map(csvField).join(','));
}

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvField(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const plain = /^[=+\-@\t\r]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
