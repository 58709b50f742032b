import type { Deal, Side } from './model.ts';

const WISHES: Readonly<Record<Side, string>> = {
  buyer: 'wants to buy',
  seller: 'wants to sell',
  tenant: 'wants to rent',
  landlord: 'wants to rent out',
};

/** Who came in and what for, in one line: "Maria Ortiz wants to sell 12 Oak St". */
export function leadTitle({ row, people }: Pick<Deal, 'row' | 'people'>): string {
  const client = people.find((person) => person.role === 'client')?.name ?? 'Somebody';
  const what = row.street === '' ? 'a home' : [row.street, row.unit].filter((part) => part !== '').join(', ');
  return `${client} ${WISHES[row.side]} ${what}`;
}
