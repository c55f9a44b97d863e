import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './page.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { EXAMPLES } from './examples.mjs';

// GraphiQL writes markup of its own and of the schema's descriptions. The policy of the page lets
// no script be run by that; nothing else is let through here.
globalThis.trustedTypes?.createPolicy('default', { createHTML: (text) => text });

/** By the console's session: the cookie comes by itself, and no key is typed into this page. */
const fetcher = async (request) => {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', 'x-varve-console': '1' },
    body: JSON.stringify(request),
  });
  document.getElementById('sign-in').hidden = answer.status !== 401;
  return answer.json();
};

createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, {
    fetcher,
    // Nothing of what was typed outlives the tab.
    storage: sessionStorage,
    defaultTabs: EXAMPLES.map((query) => ({ query })),
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
  }),
);
