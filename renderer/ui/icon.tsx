import sprite from '../design/icons.svg?raw';
import { cx } from './cx.ts';

const SYMBOLS = { __html: sprite.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '') };

/** All drawings of the product, once in the page; `Icon` points at them. */
export function IconSprite() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own file, read when the page is built
  return <svg className="vh" aria-hidden="true" dangerouslySetInnerHTML={SYMBOLS} />;
}

export function Icon(props: { readonly name: string; readonly size?: 's' | 'l'; readonly className?: string }) {
  return (
    <svg className={cx('i', props.size, props.className)} viewBox="0 0 16 16" aria-hidden="true">
      <use href={`#i-${props.name}`} />
    </svg>
  );
}
