import { useDeferredValue, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useDeal, useFound } from '../../data/queries.ts';
import field from '../../ui/field.module.css';
import type { Choice } from '../../ui/pick-face.tsx';
import { ChoiceLine } from '../../ui/pick-menu.tsx';
import popover from '../../ui/popover.module.css';
import { dealText } from './folders-rule.ts';

const SHOWN = 8;

/** One deal, found by a part of its number, street or clients; empty for whichever fits. */
export function DealPick(props: { readonly dealId: string | null; readonly onPick: (dealId: string | null) => void }) {
  const read = useDeal(props.dealId).data;
  // Kept from the list, so that its name stands in the field at once: a field that changes later opens its list again.
  const [chosen, setChosen] = useState<Choice | null>(null);
  // Null: what is picked stands there. Else what is being typed.
  const [typed, setTyped] = useState<string | null>(null);
  const found = useFound(useDeferredValue(typed ?? '')).data ?? [];
  const deals = found.filter(({ kind }) => kind === 'deal').slice(0, SHOWN);
  const choices: Choice[] = deals.map(({ dealId, plate, title, detail }) => ({
    id: dealId,
    title: `${plate} ${title}`.trim(),
    detail,
  }));
  const picked = chosen?.id === props.dealId ? chosen : read ? { id: read.id, title: dealText(read) } : null;
  // What is picked is always among them, so that leaving the field brings it back.
  if (picked !== null && !choices.some(({ id }) => id === picked.id)) choices.push(picked);
  const shown = picked?.title ?? '';
  return (
    <ComboBox
      className={field.frame}
      items={choices}
      inputValue={typed ?? shown}
      onInputChange={(text) => {
        setTyped(text === shown ? null : text);
        if (text === '') props.onPick(null);
      }}
      selectedKey={props.dealId}
      onSelectionChange={(key) => {
        setTyped(null);
        if (key === null) return;
        setChosen(choices.find(({ id }) => id === key) ?? null);
        props.onPick(String(key));
      }}
      defaultFilter={() => true}
      menuTrigger="input"
      allowsEmptyCollection
    >
      <Label className={field.label}>Deal</Label>
      <Input className={field.input} placeholder="Whichever fits" spellCheck={false} />
      <div className={field.more}>A house number or a name. Empty is whichever fits.</div>
      <Popover className={popover.menu} data-overlay="">
        <ListBox
          className={popover.list}
          renderEmptyState={() => <p className="meta">No deal has this number or name.</p>}
        >
          {(choice: Choice) => (
            <ListBoxItem id={choice.id} textValue={choice.title} className={popover.item}>
              {({ isSelected }) => <ChoiceLine choice={choice} isSelected={isSelected} />}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
