import './library/supported-node.ts';

export type { EnsembleEvent } from './core/event.ts';
export type {
  ChildExit,
  PermissionDenial,
  ProcessResult,
  Reason,
  Status,
  Usage,
} from './core/result.ts';
export type { ClaudeProcessOptions } from './library/claude-process.ts';
export { ClaudeProcess } from './library/claude-process.ts';
export type {
  BatchedOptions,
  FallbackOptions,
  ParallelOptions,
  ProcessOptions,
  RunOptions,
  SequentialOptions,
  SessionOptions,
} from './library/options.ts';
export { OrchestratorSession } from './library/orchestrator-session.ts';
export { runBatched, runParallel, runSequential, runWithFallback } from './library/patterns.ts';
