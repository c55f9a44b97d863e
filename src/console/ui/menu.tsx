import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import button from './button.module.css';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import s from './inputs.module.css';
import { words } from './words.ts';

export interface MenuAct {
  readonly id: string;
  readonly text: string;
  readonly onAct: () => void;
  /** Why it cannot be done now; said in the entry. */
  readonly why?: string | undefined;
  readonly danger?: boolean;
}

/**
 * Acts that are not the first of a page. What the role does not allow is left out by the page
 * (`false`).
 */
export function Menu({
  acts,
  label,
  icon = 'more',
  text,
}: {
  readonly acts: readonly (MenuAct | false)[];
  readonly label?: string;
  readonly icon?: IconName;
  readonly text?: string;
}) {
  const say = useWords(words);
  const shown = acts.filter((act) => act !== false);
  if (shown.length === 0) return null;
  return (
    <MenuTrigger>
      <AriaButton
        className={cx(button.button, text === undefined && button.icon)}
        aria-label={label ?? text ?? say('more')}
      >
        {text}
        <Icon name={text === undefined ? icon : 'down'} />
      </AriaButton>
      <Popover className={cx(s.popover)} placement="bottom end">
        <AriaMenu
          className={cx(s.list)}
          disabledKeys={shown.filter(({ why }) => why !== undefined).map(({ id }) => id)}
          onAction={(id) => shown.find((act) => act.id === id)?.onAct()}
        >
          {shown.map((act) => (
            <MenuItem key={act.id} id={act.id} textValue={act.text} className={cx(s.item)}>
              <span>{act.text}</span>
              {act.why !== undefined && <span className={s.help}>{act.why}</span>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
