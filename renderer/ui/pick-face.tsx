import { Icon } from './icon.tsx';

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
}

/** What stands on the button of a list to pick from: its label and what is picked. */
export function PickButtonFace(props: {
  readonly label: string;
  readonly rest: string;
  readonly choices: readonly Choice[];
  readonly picked: readonly string[];
}) {
  const titles = props.choices.filter((choice) => props.picked.includes(choice.id)).map((choice) => choice.title);
  return (
    <>
      {props.label}: {titles.length === 0 ? props.rest : <b>{titles.join(', ')}</b>}
      <Icon name="down" size="s" />
    </>
  );
}
