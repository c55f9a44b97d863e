import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-aria-components';
import s from './page.module.css';

export interface PageProps {
  readonly title: string;
  /** Where it lies: the list that it is one of. */
  readonly above?: { readonly title: string; readonly href: string };
  /** Beside the title: status, id. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page: one heading, its actions, and a width that lines can be read at. */
export function Page({ title, above, beside, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Varve`;
  }, [title]);
  return (
    <div className={s.page}>
      <header className={s.head}>
        <div className={s.names}>
          {above !== undefined && (
            <Link href={above.href} className={s.above ?? ''}>
              {above.title}
            </Link>
          )}
          <h1 title={title}>{title}</h1>
          {beside !== undefined && <div className={s.beside}>{beside}</div>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}

export interface SectionProps {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** For what has an edge of its own, such as a table. */
  readonly bare?: boolean;
}

export function Section({ title, actions, children, bare = false }: SectionProps) {
  return (
    <section className={bare ? s.bare : s.section} {...(title !== undefined && { 'aria-label': title })}>
      {(title !== undefined || actions !== undefined) && (
        <header className={s.sectionHead}>
          {title !== undefined && <h2>{title}</h2>}
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}

/** Sections side by side where there is room. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={s.columns}>{children}</div>;
}
