import type { Side } from '../../deals/model.ts';
import type { AddressFit } from './find-addresses.ts';
import type { NameHit } from './find-people.ts';
import type { ProposalReason } from './types.ts';

export const PLACE_WORDS = { name: 'The file name', subject: 'The subject', folder: 'The folder' } as const;
export const ADDRESS_WORDS: Readonly<Record<AddressFit, string>> = {
  exact: 'The address is this deal’s',
  near: 'The address is nearly this deal’s',
  'no-unit': 'The address is this deal’s, without its unit',
  'other-unit': 'The house is this deal’s, but another unit is named',
  'other-place': 'The street and number are this deal’s, in another town',
  office: 'The address is this deal’s, but it stands under a company’s name',
};

export function nameReason({ indexed, name }: NameHit): ProposalReason {
  return says(`It names ${name.typed}, ${SIDE_WORDS[indexed.deal.side]} here`);
}

export function says(text: string): ProposalReason {
  return { text, for: true };
}

const SIDE_WORDS: Readonly<Record<Side, string>> = {
  buyer: 'the buyer',
  seller: 'the seller',
  tenant: 'the tenant',
  landlord: 'the owner',
};

export function roleWord(role: string, side: Side): string {
  if (role === 'client' || role === 'co-client') return SIDE_WORDS[side];
  return ROLES[role] ?? 'on the team';
}

const ROLES: Readonly<Record<string, string>> = {
  agent: 'the agent',
  lender: 'the lender',
  title: 'the title or escrow officer',
  attorney: 'the attorney',
  'other-agent': 'the other side’s agent',
  'other-principal': 'the other side',
};

const JUNK_WORDS: ReadonlySet<string> = new Set(
  'doc docs document documents scan scanned scanner img image images photo pic picture dsc dscn pxl mvimg file untitled new download attachment fax page screenshot screen shot adobe cam camscanner genius whatsapp at final copy complete with docusign please signed pdf'.split(
    ' ',
  ),
);

/** What cameras, scanners and browsers call a file: its numbers say nothing. */
export function isJunkName(fileName: string): boolean {
  const stem = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').toLowerCase();
  const words = stem.split(/[^\p{L}]+/u).filter(Boolean);
  return words.every((word) => JUNK_WORDS.has(word));
}
