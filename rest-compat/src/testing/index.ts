export { type LogLine, PentagraphProcess } from './pentagraph-process.ts';
export { type ServingPentagraph, startPentagraph } from './serving-pentagraph.ts';
