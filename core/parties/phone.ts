import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone number as E.164 ("+19165550123", with "x204" behind it for an extension), else the text as typed, trimmed.
 * Ten digits without a country are read as a number of `country`.
 */
export function normalisePhone(text: string, country: CountryCode = 'US'): string {
  const typed = text.replace(/\s+/g, ' ').trim();
  return readPhone(typed, country) ?? typed;
}

/** The number in E.164, or null when the text cannot be one. */
export function readPhone(text: string, country: CountryCode = 'US'): string | null {
  // Without `extract: false` a remark beside the number would be lost.
  const read = parsePhoneNumberFromString(text.trim(), { defaultCountry: country, extract: false });
  if (read === undefined || !read.isPossible()) return null;
  return read.ext === undefined || read.ext === '' ? read.number : `${read.number}x${read.ext}`;
}

/** As a person in the United States writes it: "(916) 555-0123"; other countries keep their plus sign. Text that is no number stays. */
export function formatPhone(text: string): string {
  const read = parsePhoneNumberFromString(text, 'US');
  if (read === undefined || !read.isPossible()) return text;
  return read.countryCallingCode === '1' ? read.formatNational() : read.formatInternational();
}
