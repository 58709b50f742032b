import { Icon } from '../../ui/icon.tsx';

/** Before anything else: the address leads to this computer and nowhere else. */
export function OwnPortalNotice(props: { readonly name: string; readonly isMade?: boolean }) {
  return (
    <p className="banner due">
      <Icon name="due" />
      <span>
        <b>It opens on this computer only.</b> The portal in use runs here, so {props.name} cannot reach it from
        anywhere else. {props.isMade ? 'Open it here' : 'Make it'} to look at the portal as they would; to share the
        deal, connect a shared portal in Settings first.
      </span>
    </p>
  );
}
