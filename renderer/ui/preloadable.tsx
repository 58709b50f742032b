import { type ComponentType, lazy } from 'react';

export type Preloadable<P> = ComponentType<P> & { readonly preload: () => Promise<unknown> };

/**
 * A part that is not in the first script of the page. Once it was preloaded it is drawn in the same turn it is asked
 * for, which `lazy` alone never does: what is typed right after a key then already reaches it.
 */
export function preloadable<P extends object>(load: () => Promise<ComponentType<P>>): Preloadable<P> {
  let Loaded: ComponentType<P> | null = null;
  const preload = async () => {
    Loaded = await load();
    return { default: Loaded };
  };
  const Later: ComponentType<P> = lazy(preload);
  const Part = (props: P) => (Loaded === null ? <Later {...props} /> : <Loaded {...props} />);
  return Object.assign(Part, { preload });
}
