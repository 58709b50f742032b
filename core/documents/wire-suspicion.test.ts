import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasLongNumber, scoreWireSuspicion } from './wire-suspicion.ts';

describe('held', () => {
  test.each([
    'Please see our updated wire instructions attached.',
    'Wire transfer details below. Bank: First Coast',
    'Our bank account details have been changed, use the new ones',
    'Routing number 021000021',
    'ABA #: 0210 0002 1  Acct. No. 12345678',
    'SWIFT code: CHASUS33',
    'Beneficiary bank: X. Account number: 00998877',
    'wire_instructions_FINAL.pdf',
    'UPDATED\nWIRING\nINFO',
    'w\u200Bire instructions',
    'Ｒｏｕｔｉｎｇ　Ｎｕｍｂｅｒ: 1',
    'IBAN DE89 3704 0044 0532 0130 00',
    'Send the funds to escrow 021000021 today',
    'Beware of wire fraud! Our account number: 123456789 is the only one.',
    'We have new banking information for closing',
  ])('%s', (text) => {
    const { isHeld, reasons } = scoreWireSuspicion(text);
    expect([text, isHeld]).toEqual([text, true]);
    expect(reasons.length).toBeGreaterThan(0);
  });
});

describe('not held', () => {
  test.each([
    '',
    'Home inspection report, 1847 Marlowe Ave, roof and plumbing',
    'Please find attached the executed purchase contract. Closing is July 15.',
    'The earnest money deposit of $10,000 is due to escrow within 3 days.',
    'Call me at 510-555-0147 about the account of your client',
    'MLS 321456789, parcel 021-0000-21',
    'Wire fraud advisory: never trust changed wire instructions sent by e-mail. Call immediately before you send funds.',
    'Larkmoor Escrow has the money since June 11.',
    'Replace the electrical wire in the garage and the routing of the gas line',
  ])('%s', (text) => {
    expect([text, scoreWireSuspicion(text).isHeld]).toEqual([text, false]);
  });
});

describe('laws', () => {
  test('reasons are sentences and never quote a digit of the text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(routing number|acct no|swift code|updated wire)[ :#]\d{6,12}$/), (text) => {
        for (const reason of scoreWireSuspicion(text).reasons) expect(reason).toMatch(/^[A-Z][^0-9]*\.$/);
      }),
    );
  });

  test('any text gets an answer, and case and line breaks do not change it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        expect(scoreWireSuspicion(noise).score).toBeGreaterThanOrEqual(0);
        expect(scoreWireSuspicion(`UPDATED WIRE ${noise.replace(/[a-z]/gi, '')}`).score).toBeGreaterThanOrEqual(3);
      }),
    );
    const text = 'New wiring details, account number 1234567';
    expect(scoreWireSuspicion(text.toUpperCase().replaceAll(' ', '\r\n'))).toEqual(scoreWireSuspicion(text));
  });

  test('a long text is read in a blink: no pattern runs away', () => {
    const long = `${'new account bank wire '.repeat(20_000)}${'a'.repeat(100_000)}${'1 '.repeat(50_000)}`;
    expect(scoreWireSuspicion(long).isHeld).toBe(true);
    expect(hasLongNumber(long)).toBe(true);
  }, 2_000);

  test('long numbers are found however spaced', () => {
    for (const text of ['1234567', '12 34 56 7', '1-2-3-4-5-6-7', 'x ９９９９９９９'])
      expect(hasLongNumber(text)).toBe(true);
    for (const text of ['123456', 'June 3, 2026', '$1,250']) expect(hasLongNumber(text)).toBe(false);
  });
});
