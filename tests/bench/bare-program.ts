/** The baseline: discord.js alone, which answers every command at once and sends what it is told to. */
import { Client, type ClientOptions, DefaultRestOptions, EmbedBuilder, GatewayIntentBits } from 'discord.js';

const [token = '', api = '', mode] = process.argv.slice(2);
if (mode === '--unlimited') Object.assign(DefaultRestOptions, { globalRequestsPerSecond: 1_000_000 });
const options: Omit<ClientOptions, 'tasks'> = {
  intents: [GatewayIntentBits.Guilds],
  rest: { ...DefaultRestOptions, api },
};
const client = new Client(options as ClientOptions);
client.on('interactionCreate', (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply({ content: 'Yes.', flags: 'Ephemeral' });
});
client.once('clientReady', () => process.send?.('ready'));
process.once('disconnect', () => process.exit(0));
process.on('message', (message: { send: string[] }) => {
  const embed = new EmbedBuilder().setTitle('Reminder').setDescription('As it would be').setTimestamp();
  void Promise.all(
    message.send.map(async (id) => {
      const channel = client.channels.cache.get(id);
      if (channel?.isSendable() === true) await channel.send({ embeds: [embed] });
    }),
  ).then(() => process.send?.('sent'));
});
await client.login(token);
