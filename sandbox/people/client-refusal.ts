/** What Discord's own client does not let a person do: the bot never hears of it. */
export class ClientRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClientRefusal';
  }
}
