import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { useFieldError } from './field-errors.ts';
import { Icon } from './icon.tsx';
import s from './inputs.module.css';

export interface FieldProps {
  readonly label: string;
  /** The name of the input field of the API: an error that names it is shown here. */
  readonly name?: string;
  readonly help?: ReactNode;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly error?: string | undefined;
}

export interface TextInputProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'search' | 'number' | 'datetime-local' | 'url';
  readonly lines?: number;
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly hideLabel?: boolean;
}

// What the service has refused may be sent again: `aria` shows that it is wrong, and holds nothing
// back.
export function TextInput({
  label,
  name,
  help,
  error,
  lines,
  placeholder,
  hideLabel = false,
  ...field
}: TextInputProps) {
  const refused = useFieldError(name);
  const wrong = error ?? refused;
  return (
    <TextField
      {...field}
      {...(name !== undefined && { name })}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
      className={cx(s.field, field.type === 'search' && s.search)}
    >
      <Label className={hideLabel ? 'unseen' : cx(s.label)}>{label}</Label>
      {lines === undefined ? (
        <Input className={cx(s.input)} {...(placeholder !== undefined && { placeholder })} />
      ) : (
        <TextArea className={cx(s.input, s.area)} rows={lines} />
      )}
      {help !== undefined && (
        <Text slot="description" className={cx(s.help)}>
          {help}
        </Text>
      )}
      {wrong !== undefined && <FieldError className={cx(s.error)}>{wrong}</FieldError>}
    </TextField>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly text: string;
  /** On a second line. */
  readonly help?: string;
}

export interface SelectInputProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly choices: readonly Choice<Value>[];
  readonly hideLabel?: boolean;
}

export function SelectInput<Value extends string>(props: SelectInputProps<Value>) {
  const { label, name, help, error, value, onChange, choices, hideLabel = false, isDisabled = false } = props;
  const refused = useFieldError(name);
  const wrong = error ?? refused;
  return (
    <Select
      className={cx(s.field)}
      value={value}
      isDisabled={isDisabled}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
      onChange={(key) => onChange(key as Value)}
    >
      <Label className={hideLabel ? 'unseen' : cx(s.label)}>{label}</Label>
      <AriaButton className={cx(s.input, s.select)}>
        <SelectValue className={cx(s.selected)}>{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="down" />
      </AriaButton>
      {help !== undefined && (
        <Text slot="description" className={cx(s.help)}>
          {help}
        </Text>
      )}
      {wrong !== undefined && <FieldError className={cx(s.error)}>{wrong}</FieldError>}
      <Popover className={cx(s.popover)}>
        <ListBox className={cx(s.list)}>
          {choices.map((choice) => (
            <ListBoxItem key={choice.value} id={choice.value} textValue={choice.text} className={cx(s.item)}>
              <Text slot="label">{choice.text}</Text>
              {choice.help !== undefined && (
                <Text slot="description" className={cx(s.help)}>
                  {choice.help}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

export interface CheckInputProps extends FieldProps {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function CheckInput({ label, help, value, onChange, isDisabled = false }: CheckInputProps) {
  return (
    <CheckboxField className={cx(s.field)} isSelected={value} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className={cx(s.check)}>
        <span className={s.box}>
          <Icon name="check" size={14} />
        </span>
        <span>{label}</span>
      </CheckboxButton>
      {help !== undefined && (
        <Text slot="description" className={cx(s.help)}>
          {help}
        </Text>
      )}
    </CheckboxField>
  );
}
