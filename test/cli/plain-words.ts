/** Words in camelCase, other than what stands in quotes: names of people's own. */
export function camelCaseIn(text: string): string[] {
  return text.replaceAll(/'[^']*'/g, '').match(/(?<![\w/.-])[a-z]+(?:[A-Z][a-z0-9]*)+\b/g) ?? [];
}

/** Numbers from 4096 on that could count bytes: not those of blocks, or of a range of numbers. */
export function rawBytesIn(text: string): string[] {
  const others = text.replaceAll(/whole\s+number\s+from\s+\d+\s+to\s+\d+/g, '');
  const numbers = others.match(/(?<![\w./:-])\d{4,}(?! blocks)(?![\w:/-])/g) ?? [];
  return numbers.filter((number) => Number(number) >= 4096);
}
