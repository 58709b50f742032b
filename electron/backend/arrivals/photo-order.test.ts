import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupPhotos, orderPhotos, type PhotoFact } from './photo-order.ts';

const photo = (name: string, takenAt: number | null = null): PhotoFact => ({ name, takenAt });
const names = (photos: readonly PhotoFact[]) => photos.map(({ name }) => name);

test('pages come in the order of their numbers', () => {
  const given = ['IMG_10.HEIC', 'img_2.jpg', 'IMG_1.HEIC', 'page 12.png', 'page 3.png', '7.jpg', 'IMG_0002 (2).jpg'];
  expect(names(orderPhotos(given.map((name) => photo(name))))).toEqual([
    '7.jpg',
    'IMG_1.HEIC',
    'img_2.jpg',
    'IMG_0002 (2).jpg',
    'IMG_10.HEIC',
    'page 3.png',
    'page 12.png',
  ]);
});

test('the same name goes by time, then as it came', () => {
  const given = [photo('image.jpg', 30), photo('image.jpg', 10), photo('image.jpg', 20)];
  expect(orderPhotos(given).map(({ takenAt }) => takenAt)).toEqual([10, 20, 30]);
});

test('following numbers or ten minutes make a document', () => {
  const minute = 60_000;
  const given = [
    photo('IMG_1.jpg', 0),
    photo('IMG_2.jpg', 600 * minute),
    photo('IMG_5.jpg', 605 * minute),
    photo('IMG_9.jpg', 700 * minute),
    photo('roof.jpg'),
    photo('scan 1.png'),
    photo('scan 2.png'),
  ];
  expect(groupPhotos(given).map(names)).toEqual([
    ['IMG_1.jpg', 'IMG_2.jpg', 'IMG_5.jpg'],
    ['IMG_9.jpg'],
    ['roof.jpg'],
    ['scan 1.png', 'scan 2.png'],
  ]);
});

test('any names: nothing is lost, the order does not depend on how they came, groups keep it', () => {
  const facts = fc.record({ name: fc.string({ unit: 'binary' }), takenAt: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.uniqueArray(facts, { selector: ({ name }) => name.toLowerCase() }), (photos) => {
      const ordered = orderPhotos(photos);
      expect(new Set(ordered)).toEqual(new Set(photos));
      expect(orderPhotos(ordered)).toEqual(ordered);
      expect(groupPhotos(photos).flat()).toEqual(ordered);
    }),
  );
});
