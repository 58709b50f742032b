import { useEffect, useRef } from 'react';
import { keptHere } from './kept.ts';

/** The picture of a page, drawn into a canvas: the policy of these pages loads none from memory. */
export function Thumb({ pageId }: { readonly pageId: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isGone = false;
    void (async () => {
      const blobs = await (await keptHere()).blobs(pageId).catch(() => null);
      if (isGone || blobs?.thumb == null) return;
      const image = await createImageBitmap(blobs.thumb).catch(() => null);
      const to = canvas.current;
      if (image === null) return;
      if (!isGone && to !== null) {
        to.width = image.width;
        to.height = image.height;
        to.getContext('2d')?.drawImage(image, 0, 0);
      }
      image.close();
    })();
    return () => {
      isGone = true;
    };
  }, [pageId]);
  return <canvas ref={canvas} width="3" height="4" />;
}
