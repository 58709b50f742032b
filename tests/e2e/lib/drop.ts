import type { Locator, Page } from 'playwright-core';

/** A file that lies nowhere, let go over an element: as a browser gives it, and as one from the clipboard. `text` is base64. */
export async function drop(
  page: Page,
  on: Locator,
  file: { readonly name: string; readonly type: string; readonly text: string },
): Promise<void> {
  const data = await page.evaluateHandle(({ name, type, text }) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type }));
    return transfer;
  }, file);
  await on.dispatchEvent('dragover', { dataTransfer: data });
  await on.dispatchEvent('drop', { dataTransfer: data });
}
