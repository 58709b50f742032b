import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { isRuledOut, keptKindOf } from './kinds.ts';

const folder = mkdtempSync(join(tmpdir(), 'closeboard-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(bytes: Uint8Array | string): string {
  const path = join(folder, String(readdirSync(folder).length));
  writeFileSync(path, bytes);
  return path;
}

async function zipOf(...names: readonly string[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of names) zip.addBuffer(Buffer.from('<x/>'), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** An OLE file of one directory sector with these names. */
function compoundOf(...names: readonly string[]): Buffer {
  const file = Buffer.alloc(512 * 3);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  for (const [at, name] of names.entries()) file.write(`${name}\0`, 1024 + at * 128, 'utf16le');
  return file;
}

test.each([
  ['%PDF-1.7\n...', 'application/pdf'],
  [`${'\x00'.repeat(9)}%PDF-1.4`, 'application/pdf'],
  [Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'image/jpeg'],
  [
    Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000049444154', 'hex'),
    'image/png',
  ],
  [Buffer.from('00000018667479706865696300000000686569636d696631', 'hex'), 'image/heic'],
  ['Offer of 640,000 for the house', 'text/plain'],
  ['From: a@b.example\r\nSubject: x\r\n\r\n<html><script>', 'message/rfc822'],
  ['{\\rtf1 hello}', 'application/rtf'],
  [compoundOf('Root Entry', 'WordDocument'), 'application/msword'],
  [compoundOf('Root Entry', '__properties_version1.0'), 'application/vnd.ms-outlook'],
])('%# is kept', async (bytes, mime) => {
  expect(await keptKindOf(put(bytes))).toEqual({ mime });
});

test.each([
  ['<!DOCTYPE html><p>'],
  ['<?xml version="1.0"?><svg/>'],
  ['  <svg xmlns="x">'],
  ['#!/bin/sh\nrm -rf /'],
  [Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
  [Buffer.from('7f454c4602010100000000000000000002003e00', 'hex')],
  [Buffer.from('00112233445566778899aabbccddeeff', 'hex')],
  [compoundOf('Root Entry', '\u4840installer')],
])('%# is not kept', async (bytes) => {
  expect(await keptKindOf(put(bytes))).toBeNull();
});

test('a zip is kept when it is an Office file and not by what it is called', async () => {
  const docx = put(await zipOf('[Content_Types].xml', 'word/document.xml'));
  expect((await keptKindOf(docx))?.mime).toMatch(/wordprocessingml/);
  const xlsx = put(await zipOf('[Content_Types].xml', 'xl/workbook.xml'));
  expect((await keptKindOf(xlsx))?.mime).toMatch(/spreadsheetml/);
  expect(await keptKindOf(put(await zipOf('word/document.xml')))).toBeNull();
  expect(await keptKindOf(put(await zipOf('run.exe', '[Content_Types].xml')))).toBeNull();
  expect(await isRuledOut(put(await zipOf('run.exe')))).toBe(false);
  expect(await isRuledOut(put('<html>'))).toBe(true);
});
