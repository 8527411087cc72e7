import type { AttemptOutcome } from '../../model/attempt.ts';
import type { ChildExit } from '../../model/result.ts';
import { isInvisible } from '../../text/plain-text.ts';
import type { PlainAnswer } from './plain-output.ts';

/** The verdict over a run that is judged by its exit. */
export interface ExitJudgement {
  readonly ending: AttemptOutcome['ending'];
  readonly message?: string;
}

/** Judges a plain program: its exit code is the verdict, and no output is no answer. */
export function judgePlain(exit: ChildExit, { text }: PlainAnswer, stderr: string): ExitJudgement {
  if (exit.signal !== null || exit.code !== 0) return judgeExit(exit, stderr);
  return isInvisible(text)
    ? { ending: { status: 'failed', reason: 'empty-output' }, message: 'it ended without any output' }
    : { ending: { status: 'succeeded' } };
}

/** Judges an exit that was not 0: the last line of standard error is the likely cause. */
export function judgeExit(exit: ChildExit, stderr: string): ExitJudgement {
  const lastLine = stderr.trim().split('\n').at(-1);
  if (exit.signal !== null)
    return {
      ending: { status: 'failed', reason: 'signal' },
      message: `it was killed by ${exit.signal}, and not by us`,
    };
  return {
    ending: { status: 'failed', reason: 'exit-code' },
    message: lastLine === undefined || lastLine === '' ? `it exited with ${exit.code}` : lastLine,
  };
}
