import type { WebFiles } from '../../src/platform/program/web-files.ts';

/** Shows what its address brought, and what the session says, in the way of the console. */
const SCRIPT = `const { hash, pathname } = location;
history.replaceState(null, '', pathname);
const at = (id, text) => { document.getElementById(id).textContent = text; };
const [, link] = /^#link=(.*)$/.exec(hash) ?? [];
const headers = { 'content-type': 'application/json', 'x-varve-console': '1' };
const ask = async () => {
  const body = JSON.stringify({ query: '{ viewer { role } }' });
  const answer = await fetch('/graphql', { method: 'POST', headers, body });
  return answer.status + ' ' + ((await answer.json()).data?.viewer.role ?? 'nobody');
};
if (link !== undefined) {
  const body = JSON.stringify({ link });
  at('signed', (await fetch('/console/session', { method: 'POST', headers, body })).status);
}
at('path', location.href.slice(location.origin.length));
at('role', await ask());
`;

const INDEX = `<!doctype html><title>Varve</title><script type="module" src="/assets/index-AbCdEfG1.js"></script>
<p id="signed"></p><p id="path"></p><p id="role"></p>`;

/** In the place of the console's own build. */
export function webFixture(more: Readonly<Record<string, string>> = {}): WebFiles {
  const files: Readonly<Record<string, string>> = {
    'console/index.html': INDEX,
    'console/assets/index-AbCdEfG1.js': SCRIPT,
    'console/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'graphiql/index.html': '<!doctype html><title>GraphiQL</title>',
    ...more,
  };
  return {
    names: async () => new Set(Object.keys(files)),
    read: async (name) => Buffer.from(files[name] ?? ''),
  };
}
