import { ApplicationCommandRegistries, container } from '@sapphire/framework';
import type { Piece, Store } from '@sapphire/pieces';

type Entry = Parameters<Store<Piece>['loadPiece']>[0];

/**
 * Lets a second client be made in this process after the first was destroyed. Sapphire keeps for one client only which commands there
 * are, and the pieces of its own and of plugins, which it hands to the first client's stores.
 */
export async function forgetClient(): Promise<void> {
  (ApplicationCommandRegistries.registries as Map<string, unknown>).clear();
  for (const store of [...container.stores.values()] as Store<Piece>[]) {
    container.stores.deregister(store);
    for (const { name, piece } of ownPieces(store))
      await container.stores.loadPiece({ name, piece, store: store.name });
  }
}

function ownPieces(store: Store<Piece>): Entry[] {
  const symbol = Object.getOwnPropertySymbols(store).find(
    ({ description }) => description === '@sapphire/pieces:ManuallyRegisteredPieces',
  );
  if (symbol === undefined) throw new Error('Sapphire keeps its own pieces elsewhere now');
  return [...(Reflect.get(store, symbol) as Map<string, Entry>).values()];
}
