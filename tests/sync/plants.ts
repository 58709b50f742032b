/** Bugs that can be planted into the harness (never into core), to prove that the laws would find them. */
export const PLANTS = {
  'no-dedupe': 'the server runs a repeated command again',
  'cursor-skips': 'the cursor is kept, but what it passed is only in memory',
  'lost-outbox': 'a crash of a desktop loses its outbox',
  'comparator-mismatch': 'pages are sorted in one order and cut in another',
  'refusal-keeps-seq': 'a refused command does not consume its number',
  'resent-as-new': 'a command whose answer was lost is sent again as a new one',
  'rebase-backwards': 'the outbox is decided again in the wrong order',
  'leaves-early': 'a command leaves the outbox at its answer, before a pull shows it',
  'half-switch': 'pages are shown as they come',
  'fixed-up-to': 'a unit switches to a version that had moved on while it was paged',
  'tombstones-dropped': 'pages leave out what was taken away',
  'expected-rewritten': 'deciding again takes the new value for the one that the person saw',
  'revoked-kept': 'a desktop keeps the rows of a deal that its member was taken off',
  'store-ignored': 'a desktop does not look at the store id',
  'silent-refusal': 'a refused command is dropped without a word',
  'late-heads': 'a late list of heads is taken for a new one',
  'open-pages': 'the server gives rows without asking who is on the deal',
  'no-copies': 'the server’s copies are not put back before a switch',
  'refused-page-purges': 'a page that is refused purges the unit, however late the refusal comes',
  'poke-revives': 'a poke asks for a unit that is not here (any more)',
} as const;
export type Plant = keyof typeof PLANTS;
export const PLANT_NAMES = Object.keys(PLANTS) as readonly Plant[];
