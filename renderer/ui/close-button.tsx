import { Icon } from './icon.tsx';

export function CloseButton(props: { readonly says: string; readonly onPress: () => void }) {
  return (
    <button type="button" className="btn bare ico" title={props.says} aria-label={props.says} onClick={props.onPress}>
      <Icon name="x" />
    </button>
  );
}
