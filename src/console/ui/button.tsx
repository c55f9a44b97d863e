import type { ReactNode } from 'react';
import { Button as AriaButton, Link as AriaLink, Tooltip, TooltipTrigger } from 'react-aria-components';
import s from './button.module.css';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

/** One `primary` a page; `danger` only for what destroys. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps {
  readonly children?: ReactNode;
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  /** The name for screen readers, and a tooltip: for a button that is an icon alone. */
  readonly label?: string;
  /** Why it cannot be pressed now: it stays in reach, so that the reason can be read. */
  readonly why?: string | undefined;
  readonly isDisabled?: boolean;
  readonly isPending?: boolean;
  readonly type?: 'button' | 'submit';
  readonly autoFocus?: boolean;
  readonly slot?: string;
  readonly onPress?: () => void;
}

export function Button({ children, kind = 'plain', icon, label, why, onPress, type = 'button', ...rest }: ButtonProps) {
  const { slot, ...state } = rest;
  const button = (
    <AriaButton
      {...state}
      {...(slot !== undefined && { slot })}
      {...(label !== undefined && { 'aria-label': label })}
      {...(why !== undefined && { 'aria-disabled': true })}
      {...(why === undefined && onPress !== undefined && { onPress })}
      type={type}
      className={cx(s.button, s[kind], children === undefined && s.icon, why !== undefined && s.refused)}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
  const hint = why ?? (children === undefined ? label : undefined);
  if (hint === undefined) return button;
  return (
    <TooltipTrigger delay={300} closeDelay={80}>
      {button}
      <Tooltip className={cx(s.hint)} offset={6}>
        {hint}
      </Tooltip>
    </TooltipTrigger>
  );
}

export function LinkButton({
  href,
  children,
  kind = 'plain',
  icon,
}: Pick<ButtonProps, 'children' | 'kind' | 'icon'> & { readonly href: string }) {
  return (
    <AriaLink href={href} className={cx(s.button, s[kind])}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </AriaLink>
  );
}

/** A row of buttons that wraps. */
export function Actions({ children }: { readonly children: ReactNode }) {
  return <div className={s.actions}>{children}</div>;
}
