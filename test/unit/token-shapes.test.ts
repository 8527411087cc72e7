import { Buffer } from 'node:buffer';
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { messageStream } from '../rig/message-stream.ts';
import { toolResult, toolUse } from '../rig/stream-messages.ts';

const redactor = createRedactor({ values: [], environment: {} });

/** What comes out of a stream that is read in pieces of so many bytes. */
function streamed(text: string, size: number): string {
  const stream = redactor.stream();
  const bytes = Buffer.from(text);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(stream.push(bytes.subarray(at, at + size)));
  return Buffer.concat([...parts, stream.end()]).toString();
}

/** A random string of this length of the given characters. */
function some(count: number, of = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'): string {
  return Array.from({ length: count }, (_, index) => {
    const [byte = 0] = createHash('sha256').update(`${count} ${index}`).digest();
    return of[byte % of.length];
  }).join('');
}

const hex = '0123456789abcdef';
const bech32 = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';

describe('T4: a token is known by its shape', () => {
  test.each([
    ['Anthropic, admin', `sk-ant-admin01-${some(80)}-${some(8)}AA`],
    ['GitLab, personal', `glpat-${some(20)}`],
    ['GitLab, routable', `glpat-${some(27)}.01.${some(9, '0123456789abcdefghijklmnopqrstuvwxyz')}`],
    ['GitLab, job', `glcbt-64_${some(20)}`],
    ['GitLab, runner', `glrt-t1_${some(20)}`],
    ['GitLab, trigger', `glptt-${some(40, hex)}`],
    ['OpenAI, project', `sk-proj-${some(70)}_T3BlbkFJ${some(60)}-${some(10)}`],
    ['OpenAI, service account', `sk-svcacct-${some(58)}T3BlbkFJ${some(58)}`],
    ['OpenAI, older', `sk-${some(20)}T3BlbkFJ${some(20)}`],
    ['Stripe', `sk_live_${some(24)}`],
    ['Stripe, newer', `rk_test_51${some(97)}`],
    ['Stripe, webhook', `whsec_${some(32)}`],
    ['Hugging Face', `hf_${some(34, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')}`],
    ['Google, API', `AIzaSy${some(33)}`],
    ['Google, access', `ya29.a0${some(60)}-${some(60)}`],
    ['Google, client', `GOCSPX-${some(28)}`],
    ['PyPI', `pypi-AgEIcHlwaS5vcmc${some(100)}`],
    ['age', `AGE-SECRET-KEY-1${some(58, bech32)}`],
    ['Vault', `hvs.${some(90)}`],
    ['Vault, batch', `hvb.${some(140)}`],
    ['Terraform', `.atlasv1.${some(67)}`],
    ['DigitalOcean', `dop_v1_${some(64, hex)}`],
    ['Databricks', `dapi${some(32, hex)}`],
    ['SendGrid', `SG.${some(22)}.${some(43)}`],
    ['Twilio', `SK${some(32, hex)}`],
    ['Slack, webhook', `hooks.slack.com/services/T${some(10)}/B${some(10)}/${some(24)}`],
    ['npm', `npm_${some(36)}`],
    ['Docker', `dckr_pat_${some(27)}`],
    ['Grafana', `glsa_${some(32)}_${some(8, hex)}`],
    ['Groq', `gsk_${some(52)}`],
    ['Shopify', `shpat_${some(32, hex)}`],
  ])('%s', (_, token) => {
    for (const text of [`see ${token} there`, JSON.stringify({ a: `\n${token}\n`, b: token }), `export X=${token}`]) {
      const redacted = redactor.text(text);
      expect(redacted).not.toContain(token.slice(-12));
      expect(redacted.replaceAll(/[^*]/g, '').length % 3).toBe(0);
      for (const size of [1, 7, 30]) expect(streamed(text, size)).toBe(redacted);
    }
    expect(redactor.text(`see ${token}. Done`)).toMatch(/^see \S{0,2}\*\*\*\. Done$/);
  });

  test('Twilio, by its name', () => {
    const token = some(32, hex);
    expect(redactor.text(`TWILIO_AUTH_TOKEN=${token}\n${token}`)).toBe(`TWILIO_AUTH_TOKEN=***\n${token}`);
  });

  test('an AWS key, though another of its names stands just before it and a read ends there', () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    for (const decoy of ['secret_access_key ', 'aws_secret_access_key:"', 'SecretAccessKey=> secretAccessKey ']) {
      const text = `${decoy}aws_secret_access_key = ${key}\n`;
      for (let size = 1; size < text.length; size += 1) expect(streamed(text, size)).not.toContain(key);
    }
  });

  test('an AWS key in the input of a tool, where its name is a name of JSON', () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const stream = messageStream(redactor);
    const line = JSON.stringify(toolUse('Write', { SecretAccessKey: key, next: 'kept' }));
    const out = Buffer.concat([stream.push(Buffer.from(`${line}\n`)), stream.end()]).toString();
    expect(JSON.parse(out)).toMatchObject({
      message: { content: [{ input: { SecretAccessKey: '***', next: 'kept' } }] },
    });
  });
});

test('hashes, ids, versions and checksums are no tokens', () => {
  const harmless = Array.from({ length: 300 }, (_, index) => {
    const hash = createHash(index % 2 === 0 ? 'sha1' : 'sha512')
      .update(String(index))
      .digest();
    return [
      ...[
        hash.toString('hex'),
        hash.toString('base64'),
        hash.toString('base64url'),
        `sha512-${hash.toString('base64')}`,
      ],
      ...[randomUUID(), randomUUID().toUpperCase(), `task-${hash.toString('hex', 0, 16)}`, `sk-${randomUUID()}`],
      ...[`"integrity": "sha512-${hash.toString('base64')}",`, `sha256:${hash.toString('hex')}`, `DISK${index}`],
    ].join(' ');
  });
  for (const text of harmless) expect(redactor.text(text)).toBe(text);
  const words =
    'hf_transformers_model_for_sequence_classification sk_test_helper AIzaShort glpat-x SG.js dapi npm_config_registry hvs.x xai-org/grok gsk_x lin_api_client ntn_x pypi-AgE';
  expect(redactor.text(words)).toBe(words);
});

describe('T4: a private key is known by its first line, however it is shown', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const lines = String(pem).trim().split('\n');
  const inner = lines.slice(1, -1);
  const shows: Readonly<Record<string, (list: readonly string[]) => string>> = {
    'cat -A': (list) => list.map((line) => `${line}$\n`).join(''),
    'cat -A of a file with carriage returns': (list) => list.map((line) => `${line}^M$\n`).join(''),
    'cat -A of an indented file': (list) => list.map((line) => `^I${line}$\n`).join(''),
    'a list in JSON': (list) => JSON.stringify(list),
    'a list in JSON, indented': (list) => JSON.stringify(list, null, 2),
    'a list in JSON in a string': (list) => JSON.stringify(JSON.stringify(list)),
    'a list in Markdown': (list) => list.map((line) => `- ${line}\n`).join(''),
    'a numbered list': (list) => list.map((line, index) => `${index + 1}. ${line}\n`).join(''),
    'code in a list': (list) => list.map((line) => `* \`${line}\`\n`).join(''),
    'a line of code each': (list) => list.map((line) => `\`${line}\`\n`).join(''),
    'a list in YAML': (list) => list.map((line) => `  - "${line}"\n`).join(''),
    HTML: (list) => list.join('<br>'),
    XHTML: (list) => list.join('<br />\n'),
    'a list in HTML': (list) => list.map((line) => `<li><code>${line}</code></li>\n`).join(''),
    'a string in a program': (list) => list.map((line) => `"${line}\\n" +\n`).join(''),
    'one line': (list) => list.join(' '),
  };
  test.each(Object.entries(shows))('%s', (_, show) => {
    const text = `before\n${show(lines)}\nand "after", too`;
    const redacted = redactor.text(text);
    expect(inner.filter((line) => redacted.includes(line))).toEqual([]);
    expect(redacted).toContain('after');
    for (const size of [1, 5, 64]) expect(streamed(text, size)).toBe(redacted);
    const stream = messageStream(redactor);
    const out = Buffer.concat([stream.push(Buffer.from(`${JSON.stringify(toolResult(text))}\n`)), stream.end()]);
    expect(inner.filter((line) => out.includes(line))).toEqual([]);
    expect(JSON.stringify(JSON.parse(out.toString()))).toContain('after');
  });

  test('as a list in the input of a tool', () => {
    const stream = messageStream(redactor);
    const line = JSON.stringify(toolUse('Write', { lines, next: 'kept' }));
    const out = Buffer.concat([stream.push(Buffer.from(`${line}\n`)), stream.end()]);
    expect(inner.filter((part) => out.includes(part))).toEqual([]);
    expect(JSON.parse(out.toString())).toMatchObject({ message: { content: [{ input: { next: 'kept' } }] } });
  });

  test('cut off in a message, of which the rest is kept', () => {
    const stream = messageStream(redactor);
    const line = JSON.stringify(toolUse('Write', { text: lines.slice(0, 4).join('\n'), next: 'a rest that is kept' }));
    const out = Buffer.concat([stream.push(Buffer.from(`${line}\n`)), stream.end()]);
    expect(JSON.parse(out.toString())).toMatchObject({
      message: { content: [{ input: { next: 'a rest that is kept' } }] },
    });
  });

  test.each([0, 1, 2])('in base64, behind %i bytes, in one line and wrapped', (shift) => {
    const whole = Buffer.concat([Buffer.from('##'.slice(0, shift)), Buffer.from(pem)]).toString('base64');
    for (const text of [
      whole,
      whole.replaceAll(/.{76}/g, '$&\n'),
      JSON.stringify(whole.replaceAll(/.{64}/g, '$&\n')),
    ]) {
      const redacted = redactor.text(`tls.key: ${text} and more`);
      // The last line, which holds only the end of the closing one, may be left.
      expect(redacted.replaceAll(/[*\n]|\\n/g, '').length).toBeLessThan(60);
      expect(redacted).toMatch(/ and more$/);
      expect(streamed(`tls.key: ${text} and more`, 9)).toBe(redacted);
    }
  });

  test('certificates and public keys are none', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const text = String(publicKey.export({ type: 'spki', format: 'pem' }));
    const encoded = Buffer.from(text.replaceAll('PUBLIC KEY', 'CERTIFICATE')).toString('base64');
    for (const shown of [text, encoded]) expect(redactor.text(shown)).toBe(shown);
  });
});
