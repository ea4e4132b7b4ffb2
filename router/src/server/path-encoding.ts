const STRAY_PERCENT = /%(?![0-9A-Fa-f]{2})/g;

const pathEnd = (url: string): number => (url.includes('?') ? url.indexOf('?') : url.length);

/** Whether every `%` of a URL's path is followed by two hexadecimal digits. */
export const isWellEncoded = (url: string): boolean => wellEncoded(url) === url;

/**
 * The URL with a path that can be decoded: a stray `%` stands for itself. Fastify refuses other paths before any hook can
 * answer them, but every API has a word of its own for them and sees the URL as it was written (`originalUrl`).
 */
export const wellEncoded = (url: string): string =>
  url.slice(0, pathEnd(url)).replace(STRAY_PERCENT, '%25') + url.slice(pathEnd(url));
