import type { ArtifactService } from './artifact-service.ts';
import { readConsole } from './runner-commands.ts';
import type { StepResult } from './runner-step.ts';

/** A text that people, later steps or GitHub get to see of a step. */
export interface Evidence {
  /** Where it stands, such as `output results` or `artifact session.log`. */
  readonly place: string;
  readonly text: string;
}

/** Everything that a step left where it can be read: console, outputs, summary, command files and what was uploaded. */
export function evidenceOf(step: StepResult, service?: ArtifactService): readonly Evidence[] {
  const { commands, lines } = readConsole(step.printed);
  const uploads = (service?.artifacts ?? []).flatMap(({ name }) => [
    { place: 'name of the artifact', text: name },
    ...[...(service?.download(name) ?? [])].map(([path, bytes]) => ({
      place: `artifact ${path}`,
      text: String(bytes),
    })),
  ]);
  return [
    { place: 'console', text: lines.join('\n') },
    // The runner swallows these: to hand it a secret is what they are for.
    ...commands
      .filter(({ name }) => name !== 'add-mask')
      .map(({ name, data }) => ({ place: `::${name}::`, text: data })),
    ...Object.entries(step.outputs).map(([name, text]) => ({ place: `output ${name}`, text })),
    ...Object.entries(step.state).map(([name, text]) => ({ place: `state ${name}`, text })),
    { place: 'summary', text: step.summary },
    { place: 'other command files', text: step.otherFiles },
    ...uploads,
  ];
}

/** The places where a text shows up. */
export function placesOf(wanted: string, evidence: readonly Evidence[]): readonly string[] {
  return evidence.filter(({ text }) => text.includes(wanted)).map(({ place }) => place);
}

/** The messages of the annotations of a kind. */
export function annotationsOf(step: StepResult, kind: 'notice' | 'warning' | 'error'): readonly string[] {
  return step.commands.filter(({ name }) => name === kind).map(({ data }) => data);
}
