import type { Page } from 'playwright-core';

/** What the page notes while somebody goes through it with Tab. */
interface Notes {
  /** In the order of the page: what a person could use, as a name each. */
  readonly wanted: readonly string[];
  /** Where Tab came, in that order; -1 for something that nobody could use. */
  readonly stops: readonly number[];
  readonly wrong: readonly string[];
}

/** More than any page has; a page that has more would be one that traps the keyboard. */
const MOST_STOPS = 400;
/** Asked after so many steps whether it is round. */
const PACE = 12;

/**
 * Goes once round the page, or round the dialog that is open, with Tab alone, and says what is wrong: something usable that
 * Tab never reaches, one that does not show that it has the focus or is hidden while it has it, an order that jumps.
 */
export async function walk(page: Page, within = 'body'): Promise<readonly string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(watch, within);
  let notes = await page.evaluate(read);
  for (let steps = 0; steps < MOST_STOPS && !isRound(notes); steps += PACE) {
    for (let step = 0; step < PACE; step += 1) await page.keyboard.press('Tab');
    notes = await page.evaluate(read);
  }
  await page.evaluate(stop);
  const { wanted, stops, wrong } = notes;
  const reached = new Set(stops);
  const never = wanted.filter((_, index) => !reached.has(index)).map((name) => `Tab never reaches ${name}`);
  return [...wrong, ...never, ...jumpsOf(notes)];
}

function isRound({ wanted, stops }: Notes): boolean {
  return new Set(stops.filter((at) => at >= 0)).size >= wanted.length || stops.length > wanted.length * 2 + PACE * 2;
}

/** Forward through the page, and once from its end to its beginning. */
function jumpsOf({ wanted, stops }: Notes): readonly string[] {
  const known = stops.filter((at) => at >= 0);
  const back = known.filter((at, index) => index > 0 && at < (known[index - 1] ?? 0));
  return back.length > Math.ceil(known.length / Math.max(1, wanted.length)) + 1
    ? [`Tab jumps back ${back.length} times: ${known.map((at) => wanted[at]).join(' | ')}`]
    : [];
}

/** In the page. */
function watch(within: string): void {
  const root = document.querySelector(within) ?? document.body;
  const USABLE = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]';
  const isShown = (element: Element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0;
  };
  const isOneOfRadios = (element: Element) => {
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    const scope = element.form ?? document;
    const group = [...scope.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${element.name}"]`)];
    return (group.find(({ checked }) => checked) ?? group[0]) === element;
  };
  const areOneChoice = (one: Element, other: Element) =>
    one instanceof HTMLInputElement &&
    other instanceof HTMLInputElement &&
    one.type === 'radio' &&
    other.type === 'radio' &&
    one.form === other.form &&
    one.name === other.name;
  const elements = [...root.querySelectorAll<HTMLElement>(USABLE)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(':disabled') &&
      element.closest('[inert]') === null &&
      isShown(element) &&
      isOneOfRadios(element),
  );
  const nameOf = (element: Element | null) => {
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    const text = element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
    return `${element?.tagName.toLowerCase()} “${text.trim().replace(/\s+/g, ' ').slice(0, 50)}”`;
  };
  // What shows the focus may be drawn around what has it: the label of a hidden field, the row of a control.
  const aroundOf = (element: Element) =>
    [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling].filter(
      (each): each is Element => each != null,
    );
  const lookOf = (element: Element) =>
    aroundOf(element)
      .map((each) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, textDecoration } =
          getComputedStyle(each);
        return [
          outlineStyle,
          outlineWidth,
          outlineColor,
          boxShadow,
          borderColor,
          backgroundColor,
          textDecoration,
        ].join();
      })
      .join(' / ');
  (document.activeElement as HTMLElement | null)?.blur();
  const before = new Map(elements.map((element) => [element, lookOf(element)]));
  const notes = { wanted: elements.map(nameOf), stops: [] as number[], wrong: [] as string[] };
  const onFocus = ({ target }: FocusEvent) => {
    const element = target as HTMLElement;
    // Of radios that go together one stands for all: which of them Tab comes to is the browser's to say.
    const at = elements.findIndex((each) => each === element || areOneChoice(each, element));
    if (at >= 0 && notes.stops.includes(at)) return void notes.stops.push(at);
    notes.stops.push(at);
    if (!root.contains(element)) return void notes.wrong.push(`Tab leaves it for ${nameOf(element)}`);
    if (at < 0) return;
    if (lookOf(element) === (before.get(element) ?? ''))
      notes.wrong.push(`the focus on ${nameOf(element)} does not show`);
    const isHidden = element.closest('label') === null && getComputedStyle(element).clipPath !== 'none';
    const shown = element.closest('label') ?? element;
    const box = shown.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
    const hit = document.elementFromPoint(x, y);
    if (isHidden || hit === null || !(shown.contains(hit) || hit.contains(shown)))
      notes.wrong.push(`${nameOf(element)} has the focus and lies under ${nameOf(hit)}`);
  };
  document.addEventListener('focusin', onFocus);
  Object.assign(window, { walked: { notes, stop: () => document.removeEventListener('focusin', onFocus) } });
}

function read(): Notes {
  return (window as unknown as { walked: { notes: Notes } }).walked.notes;
}

function stop(): void {
  (window as unknown as { walked: { stop(): void } }).walked.stop();
}
