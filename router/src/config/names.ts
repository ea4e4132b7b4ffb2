/** `dataDir` -> `data-dir`. */
export const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The flag of a key: `listen.dragonflyPieces` -> `--listen.dragonfly-pieces`. */
export const flagOf = (key: string): string => `--${kebabCase(key)}`;

/** What all environment variables of the configuration begin with. */
export const environmentPrefix = 'PENTAGRAPH_';

/** The environment variable of a key: `limits.bodyBytes` -> `PENTAGRAPH_LIMITS_BODY_BYTES`. */
export const variableOf = (key: string): string =>
  `${environmentPrefix}${kebabCase(key).replace(/[.-]/g, '_').toUpperCase()}`;
