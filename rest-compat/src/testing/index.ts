export {
  freePort,
  type PentagraphProcess,
  type PentagraphProcessOptions,
  startPentagraph,
} from './pentagraph-process.ts';
