import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian and other systems have it; $CHROMIUM names another place. */
const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Undefined where there is none. */
export const chromiumPath = PLACES.find((place) => place !== '' && existsSync(place));

if (chromiumPath === undefined && process.env['CI'] !== undefined)
  throw new Error('The page is tested in a browser: install Debian’s chromium, or name one in $CHROMIUM.');

/** As root too, and without anything of its own that would look for an address. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws where there is no Chromium. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined)
    throw new Error('There is no Chromium on this machine; $CHROMIUM can name one.');
  return chromium.launch({ executablePath: chromiumPath, args: FLAGS });
}
