import { describe, expect, test } from 'vitest';
import { copyPack, editPack, packAtRevision } from './pack.ts';
import { type Pack, parsePack } from './pack-schema.ts';
import { PACKS, packNamed } from './testing.ts';

const tx = packNamed('tx-trec-1-4');

describe('the packs that come with Closeboard', () => {
  test('are the eight, locked, with the anchors and deadlines that others rely on', () => {
    expect(PACKS.map(({ id, isLocked }) => [id, isLocked])).toEqual(
      ['ca-car-rpa', 'tx-trec-1-4', 'fl-farbar-asis', 'wa-nwmls-21', 'co-cbs', 'nj-broker', 'us-trid', 'generic'].map(
        (id) => [id, true],
      ),
    );
    const has = (packId: string) => packNamed(packId).deadlines.map(({ id }) => id);
    expect(has('ca-car-rpa')).toContain('deposit');
    expect(has('tx-trec-1-4')).toEqual(expect.arrayContaining(['earnest-money', 'option-fee', 'option-period']));
    expect(has('nj-broker')).toContain('attorney-review');
    expect(has('wa-nwmls-21')).toContain('possession');
    expect(has('us-trid')).toContain('closing-disclosure');
    expect(PACKS.map(({ dayZero }) => dayZero)).toEqual([
      'acceptance',
      'effective-date',
      'effective-date',
      'acceptance',
      'mec',
      'received-by-both',
      'cd-received',
      'acceptance',
    ]);
    for (const pack of PACKS) expect(pack.anchors.map(({ id }) => id)).toContain('closing');
  });

  test('every deposit says that received is not cleared', () => {
    const deposits = PACKS.flatMap((pack) =>
      pack.deadlines.filter(({ id }) => id === 'deposit' || id === 'earnest-money').map(({ onMiss }) => onMiss),
    );
    expect(deposits).toHaveLength(7);
    for (const onMiss of deposits) expect(onMiss).toContain('“Received” is not “cleared”.');
  });

  test('a passed attorney review is not taken for one that nobody disapproved', () => {
    const review = packNamed('nj-broker').deadlines.find(({ id }) => id === 'attorney-review');
    expect(review?.onMiss).toMatch(/^If no attorney disapproved, review has ended\./);
  });

  test('client titles carry no acronyms', () => {
    for (const { deadlines } of PACKS)
      for (const { clientTitle } of deadlines) expect(clientTitle).not.toMatch(/\b[A-Z]{2,}\b/);
  });

  test('Texas keeps both revisions; the newer one is current since July 1, 2026', () => {
    expect(tx).toMatchObject({ revision: '20-19', revisions: [{ id: '20-18' }, { id: '20-19', since: '2026-07-01' }] });
    expect(packAtRevision(tx, '20-18')).toMatchObject({ ok: true, value: { revision: '20-18' } });
    expect(packAtRevision(tx, '20-17')).toMatchObject({ ok: false, error: { type: 'UnknownRevision' } });
  });
});

describe('office copies', () => {
  const rename = (pack: Pack): Pack => ({ ...pack, title: 'Renamed' });

  test('a locked pack refuses edits and says what to do', () => {
    const refused = editPack(tx, rename);
    expect(refused).toMatchObject({ ok: false, error: { type: 'PackLocked', packId: tx.id } });
    expect(!refused.ok && refused.error.message).toContain('Copy it, then change the copy.');
  });

  test('a copy can be changed, remembers its origin and leaves it alone', () => {
    const copy = copyPack(tx, { id: 'our-texas', title: 'Our Texas' });
    expect(copy).toMatchObject({ id: 'our-texas', basedOn: 'tx-trec-1-4', isLocked: false });
    expect(editPack(copy, rename)).toMatchObject({ ok: true, value: { id: 'our-texas', title: 'Renamed' } });
    expect(tx.title).not.toBe('Renamed');
    expect(parsePack(copy).ok).toBe(true);
  });
});

describe('a pack that cannot be used says every fault', () => {
  const faults = (change: (pack: Pack) => unknown) => {
    const result = parsePack(change(structuredClone(tx) as Pack));
    return result.ok ? [] : result.error.faults.join('\n');
  };
  const withDeadline = (change: object) => (pack: Pack) => ({
    ...pack,
    deadlines: pack.deadlines.map((deadline, index) => (index === 0 ? { ...deadline, ...change } : deadline)),
  });

  test.each([
    ['unknown reference', withDeadline({ from: 'nowhere' }), 'earnest-money counts from nowhere, which is unknown'],
    ['circle', withDeadline({ from: 'earnest-money' }), 'earnest-money depends on itself'],
    ['open count without a question', withDeadline({ days: null }), 'earnest-money has no count and no question'],
    ['unconfirmed default', withDeadline({ status: 'unconfirmed' }), 'its count must be asked'],
    ['unknown option', withDeadline({ roll: { to: 'none', option: 'extend' } }), 'option extend is unknown'],
    ['no source', withDeadline({ sources: [] }), 'deadlines.0.sources'],
    ['unknown field', withDeadline({ note: 'x' }), 'deadlines.0'],
    [
      'twice',
      (pack: Pack) => ({ ...pack, deadlines: [...pack.deadlines, pack.deadlines[0]] }),
      'earnest-money is used twice',
    ],
    ['revision', (pack: Pack) => ({ ...pack, revision: '1' }), 'revision is not in revisions'],
    ['day zero', (pack: Pack) => ({ ...pack, dayZero: 'x' }), 'day zero x is no anchor'],
    ['zone', (pack: Pack) => ({ ...pack, zone: 'Mars/Base' }), 'zone'],
  ])('%s', (_name, change, fault) => {
    expect(faults(change)).toContain(fault);
  });
});
