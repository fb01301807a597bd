import type { ChosenFile } from './store.ts';

/** The files that a person chose in a file field. */
export async function chooseFiles(event: Event): Promise<readonly ChosenFile[]> {
  const { files } = event.target as HTMLInputElement;
  return Promise.all([...(files ?? [])].map(readFile));
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
