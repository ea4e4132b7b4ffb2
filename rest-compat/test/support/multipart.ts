/** A part of a form. */
export interface Part {
  readonly fieldName?: string;
  readonly fileName: string;
  readonly content: string | Uint8Array;
}

const BOUNDARY = '----boundary-of-a-test';

/** Body and headers of a multipart form, its parts in their order. */
export function multipart(
  parts: readonly Part[],
  headers: Readonly<Record<string, string>> = {},
): { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer } {
  const pieces = parts.flatMap(({ fieldName = 'file', fileName, content }) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${fieldName}"; filename="${fileName}"\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
    body: Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}
