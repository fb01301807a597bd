// The package's zod file has no types.
declare module 'discord-api-spec/zod';
