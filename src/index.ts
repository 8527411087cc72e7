import './frontends/library/supported-node.ts';

export { findingsOf } from './findings/session-findings.ts';
export type { AgentOptions, AgentResult } from './frontends/library/agent-options.ts';
export type { ClaudeProcessOptions } from './frontends/library/claude-process.ts';
export { ClaudeProcess } from './frontends/library/claude-process.ts';
export type {
  BatchedOptions,
  FallbackOptions,
  ParallelOptions,
  ProcessOptions,
  RunOptions,
  SequentialOptions,
  SessionOptions,
} from './frontends/library/options.ts';
export type { FinishedSession } from './frontends/library/orchestrator-session.ts';
export { OrchestratorSession } from './frontends/library/orchestrator-session.ts';
export { runBatched, runParallel, runSequential, runWithFallback } from './frontends/library/patterns.ts';
export type { SchemaSource, StructuredOutput } from './frontends/library/schema-output.ts';
export type { Conclusion, Totals } from './model/conclusion.ts';
export type { EnsembleEvent } from './model/event.ts';
export type {
  AttachedCheck,
  Finding,
  FindingCheck,
  FindingCounts,
  FindingPlace,
  FindingProcess,
  MergedFinding,
  MissingReviewer,
  SessionFindings,
  Severity,
  Wording,
} from './model/finding.ts';
export type {
  ChildExit,
  PermissionDenial,
  ProcessResult,
  Reason,
  Status,
  Usage,
} from './model/result.ts';
