/** The object of a tool's use: the inputs of the CLI's tools hold a command, a path or a pattern, and more that is long. */
export function toolSubject(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const { command, file_path, path, pattern, url, query, description } = input as Readonly<Record<string, unknown>>;
  const subject = [command, file_path, pattern, path, url, query, description].find(
    (value) => typeof value === 'string',
  );
  return typeof subject === 'string' ? subject : '';
}
