/**
 * A terminal acts on these characters, or they change the order or the lines of what people read.
 * They are C0, DEL and C1 controls, direction marks and overrides, the byte order mark, and
 * Unicode's own line and paragraph separators. ESC begins the sequences of ECMA-48 and OSC.
 */
const HIDDEN = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]/gu;

const codeOf = (character: string): string => (character.codePointAt(0) as number).toString(16);

/** One line of text that anybody may have written, with such characters as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${codeOf(character)}}`);
}

/**
 * The same JSON, with such characters as JSON's own escapes. Strings in JSON have no line feed: one
 * that is there separates lines of the form.
 */
export function visibleJson(json: string): string {
  return json.replace(HIDDEN, (character) =>
    character === '\n' ? character : `\\u${codeOf(character).padStart(4, '0')}`,
  );
}
