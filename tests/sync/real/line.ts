import type { Random } from '../random.ts';

/** What is on its way between desktops and a server: every request stops here until the schedule lets it go on. */
export interface Line {
  /** In place of `fetch`, for everything that asks while the schedule runs. */
  readonly fetch: typeof globalThis.fetch;
  /** How many requests and answers wait. */
  waiting(): number;
  /** Lets one go one way. Fulfilled when the server has done it, or the desktop has it. */
  move(): Promise<void>;
  /** While it is calm nothing is lost and nothing comes twice. */
  calm(isCalm: boolean): void;
}

export interface Weather {
  readonly drop: number;
  readonly repeat: number;
  /** The server has committed and its answer is lost. */
  readonly cut: number;
}

export interface Sent {
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

export interface Told {
  readonly status: number;
  readonly body: string;
}

interface Call {
  readonly sent: Sent;
  told: Told | null;
  readonly resolve: (told: Told) => void;
  readonly fail: () => void;
}

/** `ask` carries a request to a server that is there; null when nobody answers. */
export function createLine(random: Random, weather: Weather, ask: (sent: Sent) => Promise<Told | null>): Line {
  const calls: Call[] = [];
  let isCalm = false;
  const nobody = () => {};
  const luck = (share: number) => !isCalm && random.chance(share);

  async function deliver(call: Call): Promise<void> {
    if (luck(weather.drop)) return call.fail();
    if (luck(weather.repeat)) calls.push({ sent: call.sent, told: null, resolve: nobody, fail: nobody });
    const told = await ask(call.sent);
    if (told === null || luck(weather.cut)) return call.fail();
    calls.push({ ...call, told });
  }

  return {
    fetch: (input, init) =>
      new Promise((resolve, reject) => {
        const headers = new Headers(init?.headers);
        const fail = () => reject(new TypeError('fetch failed'));
        calls.push({
          sent: {
            path: new URL(String(input)).pathname,
            key: headers.get('authorization') ?? '',
            body: String(init?.body ?? ''),
          },
          told: null,
          resolve: ({ status, body }) => resolve(new Response(body, { status })),
          fail,
        });
      }),
    waiting: () => calls.length,
    move: async () => {
      const at = random.int(calls.length);
      const [call] = calls.splice(at, 1);
      if (call === undefined) return;
      if (call.told === null) await deliver(call);
      else call.resolve(call.told);
    },
    calm: (isSo) => {
      isCalm = isSo;
    },
  };
}
