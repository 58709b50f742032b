import { StringDecoder } from 'node:string_decoder';

/** No row, command or step of a trail is longer; what is, is not ours. In characters. */
const LONGEST_LINE = 16 * 1024 * 1024;

export class NotLines extends Error {}

/** The JSON values of a stream of lines, each with its line number from 1. Throws `NotLines` for anything else. */
export async function* jsonLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<readonly unknown[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new NotLines('too long');
    // In groups: a step of an async generator for each of a million lines costs more than reading them.
    if (lines.length > 0) yield lines.map(parsedLine);
  }
  if (rest + decoder.end() !== '') throw new NotLines('the last line does not end');
}

function parsedLine(line: string): unknown {
  if (line.length > LONGEST_LINE) throw new NotLines('too long');
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new NotLines('no JSON');
  }
}
