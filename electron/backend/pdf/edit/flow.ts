import type { Sheet } from './sheet.ts';

/** A piece of a page that is never cut. */
export interface Block {
  readonly height: number;
  /** True for a heading: it moves to the next page with what follows it. */
  readonly isHeading?: boolean;
  /** `top` is the upper edge, from the top of the sheet. */
  draw(sheet: Sheet, top: number): void;
}

export interface Placed {
  readonly block: Block;
  readonly top: number;
}

/** Puts blocks on pages. At least one page; a block taller than a page gets one of its own and runs over. */
export function paginate(
  blocks: readonly Block[],
  { first, top, bottom }: { readonly first: number; readonly top: number; readonly bottom: number },
): readonly (readonly Placed[])[] {
  const pages: Placed[][] = [[]];
  let y = first;
  for (const [at, block] of blocks.entries()) {
    const needed = block.height + (block.isHeading === true ? (blocks[at + 1]?.height ?? 0) : 0);
    const page = pages.at(-1) ?? [];
    if (y + needed > bottom && page.length > 0) {
      pages.push([{ block, top }]);
      y = top + block.height;
    } else {
      page.push({ block, top: y });
      y += block.height;
    }
  }
  return pages;
}
