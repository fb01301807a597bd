import type { ChosenFile } from './store.ts';

let reading: Promise<unknown> = Promise.resolve();

/** Reads the files that a person chose in a file field, and hands them over. */
export function chooseFiles(event: Event, take: (files: readonly ChosenFile[]) => void): void {
  const { files } = event.target as HTMLInputElement;
  const read = Promise.all([...(files ?? [])].map(readFile)).then(take);
  reading = Promise.allSettled([reading, read]);
}

/** Resolves when all chosen files were handed over: who sends quickly sends them too. */
export async function filesRead(): Promise<void> {
  await reading;
}

async function readFile(file: File): Promise<ChosenFile> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
  return {
    filename: file.name,
    contentType: file.type || 'application/octet-stream',
    // A data URL of an empty file has no comma.
    base64: url.split(',', 2)[1] ?? '',
  };
}
