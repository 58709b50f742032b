/**
 * Fetches a document to the device: as a form to the files' own address, so the ticket stands in no address and the page
 * stays where it is.
 */
export function handOver({ url, ticket }: { readonly url: string; readonly ticket: string }): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  form.hidden = true;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'ticket';
  field.value = ticket;
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}

/** Long enough for a browser to begin with it. */
const KEPT_MS = 60_000;

/** Hands a file that this page made to the device. */
export function handFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
