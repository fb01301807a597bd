import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/global.ts'],
    // Sapphire's container is global: each file gets its own process.
    pool: 'forks',
    // Pieces are imported by @sapphire/pieces; inlined, vitest transforms their decorators.
    server: { deps: { inline: [/@sapphire\//] } },
    // What is waited for comes when it comes; one second is too little on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 15_000,
    hookTimeout: 60_000,
  },
});
