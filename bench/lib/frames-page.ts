/** Functions that are sent into the page as text: nothing from outside themselves may be used in them. */

interface Told {
  readonly type: string;
  readonly jobId?: string;
  readonly state?: string;
  readonly sentence?: string;
}
interface Page {
  readonly closeboard: {
    call(name: string, input: unknown): Promise<{ ok: boolean; value?: unknown; error?: { message: string } }>;
    listen(listener: (event: Told) => void): () => void;
  };
  requestAnimationFrame(then: (at: number) => void): void;
  readonly performance: { now(): number };
}

/** Milliseconds between two frames each, for so long. */
export function watchFrames(ms: number): Promise<number[]> {
  const page = globalThis as unknown as Page;
  return new Promise((resolve) => {
    const gaps: number[] = [];
    const begun = page.performance.now();
    let before = 0;
    const frame = (at: number) => {
      if (before > 0) gaps.push(at - before);
      before = at;
      if (at - begun < ms) page.requestAnimationFrame(frame);
      else resolve(gaps);
    };
    page.requestAnimationFrame(frame);
  });
}

/** The same from the call that merges to the end of its job. Comes back when the inbox has read what was made. */
export async function mergeMeanwhile(input: unknown): Promise<{ frames: number[]; ms: number }> {
  const page = globalThis as unknown as Page;
  const ends = new Map<string, Told>();
  const stop = page.closeboard.listen((event) => {
    if (event.type === 'job:progress' && event.state !== 'running') ends.set(event.jobId ?? '', event);
  });
  const frames: number[] = [];
  let isOver = false;
  let before = 0;
  const frame = (at: number) => {
    if (before > 0) frames.push(at - before);
    before = at;
    if (!isOver) page.requestAnimationFrame(frame);
  };
  page.requestAnimationFrame(frame);
  const begun = page.performance.now();
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const reply = await page.closeboard.call('papers:merge', input);
  if (!reply.ok) throw new Error(reply.error?.message);
  const { jobId } = reply.value as { jobId: string };
  while (!ends.has(jobId)) await wait(5);
  const ms = page.performance.now() - begun;
  isOver = true;
  stop();
  const end = ends.get(jobId);
  if (end?.state !== 'done') throw new Error(end?.sentence);
  for (;;) {
    const inbox = await page.closeboard.call('inbox:list', {});
    if ((inbox.value as { reading: unknown[] }).reading.length === 0) return { frames, ms };
    await wait(200);
  }
}
