import type { Sink } from '../core/event.ts';
import { mainOutput } from '../core/main-output.ts';
import type { Pattern } from '../core/plan.ts';
import { plainText, shortened, withoutCommands } from '../sinks/plain-text.ts';
import type { Progress } from './progress.ts';

/** More than this is read in a file. */
const longestAnswer = 20_000;

/** Shows the answer of a session that has one, ahead of its last lines. */
export function answerSink(pattern: Pattern, { print }: Pick<Progress, 'print'>): Sink {
  return {
    name: 'answer',
    handle(event) {
      if (event.type !== 'session-ended') return;
      const result = mainOutput(pattern, event.results);
      if (result?.status === 'succeeded') print(answerLines(result.output));
    },
  };
}

/** A text from a model as lines that no terminal and no runner of GitHub obeys: the command may be a step of a workflow. */
export function answerLines(output: string): string[] {
  const cut = output.length > longestAnswer ? ['[cut: the file in outputs/ below the logs holds all of it]'] : [];
  const text = withoutCommands(plainText(shortened(output, longestAnswer))).trimEnd();
  return [...text.split('\n'), ...cut].map((line) => `│ ${line}`.trimEnd());
}
