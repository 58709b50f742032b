import { describe, expect, test } from 'vitest';
import type { FolderRule } from '../../../electron/contract/papers.ts';
import { folderName, readFolderPath } from './folders-path.ts';
import { movedUp, whatIsDone, whichFiles, wrongWith } from './folders-rule.ts';

const blank: FolderRule = { id: 'r1', from: '', nameHas: '', dealId: null, lineTitle: '', mayFileAlone: false };
const rule = (change: Partial<FolderRule>): FolderRule => ({ ...blank, lineTitle: 'Appraisal report', ...change });

describe('a rule', () => {
  test('may be about every file, a sender or a name', () => {
    for (const good of [{}, { from: '*@lender.com' }, { from: 'kwame@lender.com' }, { nameHas: 'appraisal' }])
      expect(wrongWith(rule(good), [])).toBeNull();
  });

  test('that does nothing is refused', () => {
    expect(wrongWith({ ...blank, from: '*@lender.com' }, [])?.rule).toMatch(/^Say what to do/);
    expect(wrongWith({ ...blank, from: '*@lender.com', mayFileAlone: true }, [])).toBeNull();
    expect(wrongWith({ ...blank, dealId: 'd1' }, [])).toBeNull();
  });

  test('is told how to write a sender', () => {
    expect(wrongWith(rule({ from: 'lender.com' }), [])).toEqual({
      from: 'Write it as an address.',
      useFrom: '*@lender.com',
    });
    expect(wrongWith(rule({ from: 'the lender' }), [])?.from).toMatch(/Write an address/);
    expect(wrongWith(rule({ from: 'a@b.com, c@d.com' }), [])?.from).toMatch(/One address/);
    expect(wrongWith(rule({ from: '*@*' }), [])?.from).toMatch(/everybody/);
  });

  test('for the same files as another one is refused', () => {
    const other = rule({ id: 'r2', from: '*@Lender.com', nameHas: 'appraisal' });
    expect(wrongWith(rule({ from: '*@lender.com', nameHas: 'Appraisal' }), [other])?.rule).toMatch(/same files/);
    expect(wrongWith(rule({ from: '*@lender.com' }), [other])).toBeNull();
  });

  test('is said in words', () => {
    expect(whichFiles(rule({ from: '*@lender.com', nameHas: 'appraisal' }))).toBe(
      'From *@lender.com, with "appraisal" in the name',
    );
    expect(whichFiles(blank)).toBe('Every other file');
    expect(whatIsDone(blank, null)).toBe(
      'Whichever deal fits, whichever document fits. They wait for you in the inbox.',
    );
    expect(whatIsDone(rule({ mayFileAlone: true }), '78 Verbena Ct')).toBe(
      'Deal 78 Verbena Ct, Appraisal report. Certain ones file themselves.',
    );
  });

  test('moves up by one, and the first one stays', () => {
    const rules = ['a', 'b', 'c'].map((id) => rule({ id }));
    const ids = (moved: readonly FolderRule[]) => moved.map(({ id }) => id).join('');
    expect(ids(movedUp(rules, 'c'))).toBe('acb');
    expect(ids(movedUp(rules, 'b'))).toBe('bac');
    expect(ids(movedUp(rules, 'a'))).toBe('abc');
    expect(ids(movedUp(rules, 'gone'))).toBe('abc');
  });
});

describe('the path of a folder', () => {
  test('is taken whole, without the quotes that Windows copies around it', () => {
    expect(readFolderPath('  /home/noor/Scans ', 'linux')).toEqual({ ok: true, value: '/home/noor/Scans' });
    expect(readFolderPath('"C:\\Users\\Noor\\Scans"', 'win32')).toEqual({ ok: true, value: 'C:\\Users\\Noor\\Scans' });
    expect(readFolderPath('\\\\office\\scans', 'win32').ok).toBe(true);
  });

  test('that is no whole path gets an example', () => {
    expect(readFolderPath('Scans', 'linux')).toMatchObject({ error: expect.stringContaining('/home/you') });
    expect(readFolderPath('~/Scans', 'darwin')).toMatchObject({ error: expect.stringContaining('/Users/you') });
    expect(readFolderPath('/home/noor', 'win32')).toMatchObject({ error: expect.stringContaining('C:\\') });
    expect(readFolderPath(' "" ', 'linux')).toMatchObject({ error: 'Write where the folder is.' });
  });

  test('is called by its last part', () => {
    expect(folderName('/home/noor/Scans/')).toBe('Scans');
    expect(folderName('C:\\Users\\Noor\\Scans')).toBe('Scans');
    expect(folderName('/')).toBe('/');
  });
});
