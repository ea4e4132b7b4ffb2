/** Whole seconds since the Unix epoch, as v1 bodies show times. */
export const unixSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);
