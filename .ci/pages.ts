/** A section of a document, with the commands of its `sh` snippets as one script. */
export interface Page {
  readonly title: string;
  readonly script: string;
}

/** The sections (`## …`) of a document that hold commands, in their order. */
export function pagesOf(markdown: string): Page[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.slice(0, section.indexOf('\n')), script: scriptOf(section) }))
    .filter(({ script }) => script !== '');
}

function scriptOf(section: string): string {
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands).join('');
}
