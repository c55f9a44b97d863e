import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { cx } from './cx.ts';
import s from './tabs.module.css';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly href: string;
}

/** Tabs are addresses: each is a link, and the back button knows them. */
export function Tabs({
  tabs,
  at,
  label,
  children,
}: {
  readonly tabs: readonly Tab[];
  readonly at: string;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <nav aria-label={label} className={s.tabs}>
        {tabs.map(({ id, title, href }) => (
          <Link
            key={id}
            href={href}
            className={cx(s.tab, id === at && s.at)}
            {...(id === at && { 'aria-current': 'page' as const })}
          >
            {title}
          </Link>
        ))}
      </nav>
      {children}
    </>
  );
}
