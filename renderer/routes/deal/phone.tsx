import { formatPhone, readPhone } from '../../../core/parties/phone.ts';
import type { PersonView } from '../../../electron/contract/values.ts';
import { Icon } from '../../ui/icon.tsx';

export function phoneHref(phone: string): string {
  return `tel:${readPhone(phone) ?? phone.replace(/[^\d+]/g, '')}`;
}

/** The handset that calls somebody, with name and number in its own name; nothing for no number. */
export function PhoneLink(props: { readonly person: PersonView }) {
  const { person } = props;
  if (person.phone === '') return <span />;
  const text = formatPhone(person.phone);
  return (
    <a
      className="btn bare ico sm"
      href={phoneHref(person.phone)}
      title={text}
      aria-label={`Call ${person.name}, ${text}`}
    >
      <Icon name="phone" />
    </a>
  );
}
