import type { ReactNode } from 'react';
import s from './facts.module.css';

/** Labels and values of one object. A fact that is `false` or `null` is left out. */
export type Fact = false | null | readonly [label: string, value: ReactNode];

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={s.facts}>
      {facts.map(
        (fact) =>
          fact !== false &&
          fact !== null && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
