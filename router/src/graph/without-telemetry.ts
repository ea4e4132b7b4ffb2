/** Import before `@apollo/gateway`, which reports its use to its makers otherwise. */
process.env.APOLLO_TELEMETRY_DISABLED = '1';
