/** The fifty states and the District of Columbia, by postal code. */
const NAMES = `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|
LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|
NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|
OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|
VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming`;

export const STATE_NAMES: ReadonlyMap<string, string> = new Map(
  NAMES.split('|').map((entry) => [entry.trim().slice(0, 2), entry.trim().slice(3)]),
);

/** The postal code of a state given as its code or its name, or null: "ca" and "California" are "CA". */
export function readState(text: string): string | null {
  const typed = text.trim().toLowerCase();
  for (const [code, name] of STATE_NAMES) if (code.toLowerCase() === typed || name.toLowerCase() === typed) return code;
  return null;
}
