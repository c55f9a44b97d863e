import { useContext, useState } from 'react';
import { setTheme, type Theme, theme } from '../app/theme.ts';
import { useLanguage, useWords } from '../i18n/words.ts';
import { SelectInput } from '../ui/inputs.tsx';
import { LanguageSwitch } from './language-switch.ts';
import s from './shell.module.css';
import { words } from './words.ts';

export function Preferences() {
  const say = useWords(words);
  const language = useLanguage();
  const setLanguage = useContext(LanguageSwitch);
  const [shown, setShown] = useState<Theme>(theme);
  return (
    <section className={s.preferences} aria-label={say('preferences')}>
      <SelectInput
        label={say('language')}
        hideLabel
        value={language}
        onChange={setLanguage}
        choices={[
          { value: 'en', text: 'English' },
          { value: 'zh', text: '简体中文' },
        ]}
      />
      <SelectInput
        label={say('theme')}
        hideLabel
        value={shown}
        onChange={(next) => {
          setTheme(next);
          setShown(next);
        }}
        choices={[
          { value: 'system', text: say('system') },
          { value: 'light', text: say('light') },
          { value: 'dark', text: say('dark') },
        ]}
      />
    </section>
  );
}
