import { z } from 'zod';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is kept of the window between two starts. */
export const ShellState = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }).optional(),
  isMaximized: z.boolean().default(false),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});
export type ShellState = z.infer<typeof ShellState>;

export const MIN_SIZE = { width: 1024, height: 700 } as const;
const FIRST_SIZE = { width: 1360, height: 860 } as const;
/** So much of the title bar must be on a display for a person to get hold of it. */
const GRIP = { width: 120, height: 40 } as const;

/** Reads what was kept; anything unreadable or of another shape is as if nothing had been kept. */
export function readShellState(text: string | null): ShellState {
  const nothing: ShellState = { isMaximized: false, theme: 'system' };
  if (text === null) return nothing;
  try {
    return ShellState.catch(nothing).parse(JSON.parse(text));
  } catch {
    return nothing;
  }
}

/**
 * Where the window opens: as it was left, when its title bar can still be reached on one of the displays there are now;
 * else in the middle of the first display. Never larger than that display.
 */
export function placeWindow(kept: Area | undefined, workAreas: readonly [Area, ...Area[]]): Area {
  const home = kept === undefined ? undefined : workAreas.find((area) => isReachable(kept, area));
  if (kept === undefined || home === undefined) return centred(workAreas[0]);
  const width = Math.min(Math.max(kept.width, MIN_SIZE.width), home.width);
  const height = Math.min(Math.max(kept.height, MIN_SIZE.height), home.height);
  // A window that had to shrink must not lose its grip.
  const x = Math.min(Math.max(kept.x, home.x + GRIP.width - width), home.x + home.width - GRIP.width);
  return { x, y: Math.max(kept.y, home.y), width, height };
}

function isReachable(window: Area, area: Area): boolean {
  const shownWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const isTitleInside = window.y >= area.y - GRIP.height / 2 && window.y <= area.y + area.height - GRIP.height;
  return shownWidth >= GRIP.width && isTitleInside;
}

function centred(area: Area): Area {
  const width = Math.min(FIRST_SIZE.width, area.width);
  const height = Math.min(FIRST_SIZE.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}
