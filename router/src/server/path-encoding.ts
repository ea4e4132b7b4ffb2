const pathEnd = (url: string): number => (url.includes('?') ? url.indexOf('?') : url.length);

/** Whether a URL's path is percent-encoded UTF-8. */
export const isWellEncoded = (url: string): boolean => wellEncoded(url) === url;

/**
 * The URL with a path that can be decoded: in one that can't, every `%` stands for itself. Fastify refuses other paths before
 * any hook can answer them, but every API has a word of its own for them and sees the URL as it was written (`originalUrl`).
 */
export function wellEncoded(url: string): string {
  const path = url.slice(0, pathEnd(url));
  return isDecodable(path) ? url : path.replaceAll('%', '%25') + url.slice(path.length);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
