import type { Client } from 'discord.js';

/**
 * Something small that a feature remembers for as long as a client lives, and that no other client of the process sees.
 * @returns what is remembered for a client, made when it is first asked for.
 */
export function perClient<Value>(make: (client: Client<true>) => Value): (client: Client) => Value {
  const values = new WeakMap<Client, Value>();
  return (client) => {
    const known = values.get(client);
    if (known !== undefined) return known;
    const made = make(client as Client<true>);
    values.set(client, made);
    return made;
  };
}
