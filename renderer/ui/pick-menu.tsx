import { Button, Menu, MenuItem, MenuTrigger, Popover, type Selection } from 'react-aria-components';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { type Choice, PickButtonFace } from './pick-face.tsx';
import styles from './popover.module.css';

export interface PickMenuProps {
  readonly label: string;
  /** What stands on the button when nothing is picked: "either", "any time". */
  readonly rest: string;
  readonly choices: readonly Choice[];
  readonly picked: readonly string[];
  readonly isMultiple?: boolean;
  readonly onPick: (ids: readonly string[]) => void;
}

/** A small button that opens a list to pick one or several from; what is picked stands on the button. */
export function PickMenu(props: PickMenuProps) {
  const take = (picked: Selection) => {
    if (picked !== 'all') props.onPick([...picked].map(String));
  };
  return (
    <MenuTrigger>
      <Button className="btn sm">
        <PickButtonFace {...props} />
      </Button>
      <Popover className={styles.menu} data-overlay="">
        <Menu
          aria-label={props.label}
          className={styles.list}
          selectionMode={props.isMultiple ? 'multiple' : 'single'}
          selectedKeys={[...props.picked]}
          onSelectionChange={take}
        >
          {props.choices.map((choice) => (
            <MenuItem key={choice.id} id={choice.id} textValue={choice.title} className={styles.item}>
              {({ isSelected }) => <ChoiceLine choice={choice} isSelected={isSelected} />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export function ChoiceLine(props: { readonly choice: Choice; readonly isSelected: boolean }) {
  return (
    <>
      <span className={cx(styles.tick, !props.isSelected && styles.hidden)}>
        <Icon name="check" size="s" />
      </span>
      <span>
        {props.choice.title}
        {props.choice.detail !== undefined && <small className={styles.detail}>{props.choice.detail}</small>}
      </span>
    </>
  );
}

export interface Act {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly onPick: () => void;
}

/** Further things that can be done, behind one button with three dots. */
export function ActMenu(props: { readonly label: string; readonly acts: readonly Act[] }) {
  return (
    <MenuTrigger>
      <Button className="btn bare ico" aria-label={props.label}>
        <Icon name="more" />
      </Button>
      <Popover className={styles.menu} placement="bottom end" data-overlay="">
        <Menu aria-label={props.label} className={styles.list}>
          {props.acts.map((act) => (
            <MenuItem key={act.id} id={act.id} className={styles.item} textValue={act.title} onAction={act.onPick}>
              <span className={styles.tick}>{act.icon && <Icon name={act.icon} size="s" />}</span>
              <span>{act.title}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
