const secretName = /TOKEN|SECRET|PASSWORD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|CREDENTIAL|AUTHORIZATION/u;

/** A name that says that the value is a secret. An input's variable keeps the hyphens of its name: `INPUT_ANTHROPIC-API-KEY`. */
export function isSecretName(name: string): boolean {
  return secretName.test(
    name
      .replace(/([a-z])([A-Z])/gu, '$1_$2')
      .toUpperCase()
      .replaceAll('-', '_'),
  );
}
