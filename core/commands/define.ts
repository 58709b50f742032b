import type { CommandSpec } from './types.ts';

type Options<Args> = Omit<CommandSpec<Args>, 'isForOpenDeals' | 'isOwnWord'> &
  Partial<Pick<CommandSpec<Args>, 'isForOpenDeals' | 'isOwnWord'>>;

/** One entry of the registry. A command is for open deals and taken back by colleagues unless it says otherwise. */
export function defineCommand<Args>(options: Options<Args>): CommandSpec<Args> {
  return { ...options, isForOpenDeals: options.isForOpenDeals ?? true, isOwnWord: options.isOwnWord ?? false };
}
