import type { CommandSpec } from './types.ts';

type Options<Args> = Omit<CommandSpec<Args>, 'isForOpenDeals'> & { readonly isForOpenDeals?: boolean };

/** One entry of the registry. A command is for open deals unless it says otherwise. */
export function defineCommand<Args>(options: Options<Args>): CommandSpec<Args> {
  return { ...options, isForOpenDeals: options.isForOpenDeals ?? true };
}
