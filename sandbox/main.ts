import { createInterface } from 'node:readline/promises';
import { demoPeople, startDemo } from './demo.ts';
import { help, Prompt } from './terminal/prompt.ts';

const NEWS_EVERY_MS = 1_000;

console.log('Starting a local Discord and the bot on this machine; the first time takes a few seconds …');
const demo = await startDemo();

console.log(`
Alphapy is running. Nothing leaves this machine: no Discord account, no token, and no database to install.
  Discord's API   ${demo.sandbox.apiUrl}
  The bot's log   ${demo.logFile}
  Server          ${demo.guild.name} with #general, #events and #bot-log (admins only)
  People          ${Object.entries(demoPeople)
    .map(([name, role]) => `${name}, ${role}`)
    .join('\n                  ')}

${help}

Try this: /config set setting:system.log_channel_id value:#bot-log
    then: as mia
    then: /add_reminder name:Movie night time:20:00 date:tomorrow
    then: wait 2d
To stop: quit, or Ctrl+C.
`);

const terminal = createInterface({ input: process.stdin, output: process.stdout });
const prompt = new Prompt(demo, (line) => console.log(line));
let isOpen = true;
terminal.on('close', () => (isOpen = false));
terminal.on('SIGINT', () => terminal.close());
process.once('SIGTERM', () => terminal.close());

function ask(): void {
  // Lines that were piped in are still read after their source has closed.
  if (!isOpen || !process.stdin.isTTY) return;
  terminal.setPrompt(prompt.label);
  terminal.prompt();
}

// Reminders also arrive while nobody types.
const news = setInterval(() => prompt.news(), NEWS_EVERY_MS);
ask();
for await (const line of terminal) {
  // What was piped in is not echoed by a terminal.
  if (!process.stdin.isTTY) console.log(`${prompt.label}${line}`);
  if (!(await prompt.take(line))) break;
  ask();
}
clearInterval(news);
terminal.close();
console.log('\nStopping …');
await demo.close();
