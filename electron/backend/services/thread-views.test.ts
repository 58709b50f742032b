import { expect, test } from 'vitest';
import { at, by, dealOf, later, names, portalDeal, step } from './testing-portal.ts';
import { threadViews } from './thread-views.ts';

type Bench = ReturnType<typeof portalDeal>;
const threads = (bench: Bench) =>
  threadViews({
    deal: dealOf(bench),
    members: [{ id: 'm-noor', name: 'Noor Haddad', role: 'tc', email: '' }],
    myId: 'm-noor',
    names: names(bench),
  });
const write = (id: string, personId: string, hour: number, about = { aboutType: 'deal', aboutId: '' }) => ({
  ...{ messageId: id, personId, ...about, body: `Words of ${id}`, at: at(hour) },
});

test('everybody has a conversation, and who waits longest is on top', () => {
  const bench = portalDeal();
  expect(threads(bench).map(({ name }) => name)).toEqual([
    'Priya Raman',
    'Marisol Quintero',
    'Daniel Achterberg',
    'Gloria Estévez',
    'Aiko Bergström',
  ]);
  step(bench, 'writeMessage', write('a', 'p-daniel', 17), by(bench, 'p-daniel'));
  step(bench, 'writeMessage', write('b', 'p-aiko', 16), by(bench, 'p-aiko'));
  step(bench, 'writeMessage', write('c', 'p-gloria', 18));
  expect(
    threads(bench)
      .map(({ name, open }) => [name, open])
      .slice(0, 4),
  ).toEqual([
    ['Aiko Bergström', 1],
    ['Daniel Achterberg', 1],
    ['Gloria Estévez', 0],
    ['Priya Raman', 0],
  ]);
});

test('an answer of the team settles what was open, and says who wrote it', () => {
  const bench = portalDeal();
  step(bench, 'writeMessage', write('a', 'p-priya', 17), by(bench, 'p-priya'));
  expect(threads(bench)[0]).toMatchObject({ open: 1, openSince: at(17) });
  step(bench, 'writeMessage', write('b', 'p-priya', 18));
  const [thread] = threads(bench);
  expect(thread).toMatchObject({ open: 0, openSince: null, lastAt: at(18) });
  expect(thread?.messages.map(({ author, isFromPerson, isMine }) => [author, isFromPerson, isMine])).toEqual([
    ['Priya Raman', true, false],
    ['Noor Haddad', false, true],
  ]);
});

test('a message says what it is about, as long as that is there', () => {
  const bench = portalDeal();
  step(bench, 'askChange', later('r1'), by(bench, 'p-priya'));
  const [first] = dealOf(bench).lines;
  const abouts = [
    { aboutType: 'change', aboutId: 'r1' },
    { aboutType: 'document', aboutId: first?.id ?? '' },
    { aboutType: 'date', aboutId: 'closing' },
    { aboutType: 'task', aboutId: 'gone' },
  ];
  abouts.forEach((about, index) => {
    step(bench, 'writeMessage', write(`m${index}`, 'p-priya', 18, about), by(bench, 'p-priya'));
  });
  expect(threads(bench)[0]?.messages.map(({ about }) => about?.title)).toEqual([
    'Move close of escrow',
    first?.title,
    'Close of escrow',
    '',
  ]);
});

test('what was written with somebody who has left stays readable', () => {
  const bench = portalDeal();
  step(bench, 'writeMessage', write('a', 'p-aiko', 17), by(bench, 'p-aiko'));
  step(bench, 'removePerson', { personId: 'p-aiko' });
  expect(threads(bench).find(({ personId }) => personId === 'p-aiko')).toMatchObject({
    name: 'Somebody who has left the deal',
    messages: [{ body: 'Words of a' }],
  });
});
