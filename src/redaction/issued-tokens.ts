import { alphabetOf, byteOf, type ScannedBytes, wordAlphabet } from '../text/alphabet.ts';
import { run } from './token-run.ts';
import type { Extent, TokenShape } from './token-shape.ts';

const word = wordAlphabet('_-');
const letters = wordAlphabet('');
const hex = alphabetOf('0123456789abcdef');
const upper = alphabetOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');

/** Prefixes by what follows them, as their issuers and the partners of GitHub's secret scanning describe them. */
export const issuedTokens: readonly TokenShape[] = [
  // https://docs.gitlab.com/security/tokens/#token-prefixes; routable ones have full stops in them.
  run({
    prefixes: ['pat', 'oas', 'dt', 'rt', 'rtr', 'cbt', 'ptt', 'ft', 'imt', 'agent', 'wt', 'soat', 'ffct', 'tt'].map(
      (kind) => `gl${kind}-`,
    ),
    alphabet: wordAlphabet('_-.'),
    minimum: 20,
  }),
  run({ prefixes: ['GR1348941'], alphabet: word, minimum: 20 }),
  // OpenAI and OpenRouter.
  run({ prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-'], alphabet: word, minimum: 40 }),
  // https://docs.stripe.com/keys
  run({
    prefixes: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_org_live_', 'sk_org_test_', 'whsec_'],
    alphabet: wordAlphabet('+/='),
    minimum: 24,
  }),
  // Hugging Face.
  run({ prefixes: ['hf_', 'api_org_'], alphabet: letters, minimum: 34, exactly: true }),
  // Google: keys of an API, access and refresh tokens, secrets of clients.
  run({ prefixes: ['AIza'], alphabet: word, minimum: 35, exactly: true }),
  run({ prefixes: ['ya29.'], alphabet: wordAlphabet('_-.'), minimum: 40 }),
  run({ prefixes: ['1//0'], alphabet: word, minimum: 60 }),
  run({ prefixes: ['GOCSPX-'], alphabet: word, minimum: 28 }),
  // https://pypi.org/help/#apitoken: a macaroon in base64, which begins with its version and its place.
  run({ prefixes: ['pypi-AgE'], alphabet: word, minimum: 60 }),
  // https://age-encryption.org: Bech32 in capitals.
  run({ prefixes: ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], alphabet: upper, minimum: 58 }),
  // HashiCorp: Vault's service, batch and recovery tokens, Terraform's.
  run({ prefixes: ['hvs.', 'hvb.', 'hvr.'], alphabet: word, minimum: 24 }),
  run({ prefixes: ['.atlasv1.'], alphabet: word, minimum: 60 }),
  // DigitalOcean.
  run({ prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], alphabet: hex, minimum: 64 }),
  // Databricks.
  run({ prefixes: ['dapi'], alphabet: hex, minimum: 32, exactly: true }),
  // Twilio's keys have an exact length; the text around them does not matter.
  run({ prefixes: twilioPrefixes(), alphabet: hex, minimum: 30, exactly: true }),
  // Slack's and Discord's addresses are credentials.
  run({
    prefixes: ['hooks.slack.com/services/', 'hooks.slack.com/workflows/'],
    alphabet: wordAlphabet('/'),
    minimum: 30,
  }),
  run({ prefixes: ['discord.com/api/webhooks/'], alphabet: wordAlphabet('_-/'), minimum: 60 }),
  // Docker, RubyGems, Shopify, Square, Grafana, Sentry, Doppler, Groq, xAI, Linear, Notion, Supabase, Postman, New Relic, Figma, Atlassian.
  run({ prefixes: ['dckr_pat_', 'dckr_oat_'], alphabet: word, minimum: 27 }),
  run({ prefixes: ['rubygems_'], alphabet: hex, minimum: 48 }),
  run({ prefixes: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], alphabet: wordAlphabet(''), minimum: 32 }),
  run({ prefixes: ['sq0atp-', 'sq0csp-'], alphabet: word, minimum: 22 }),
  run({ prefixes: ['glc_eyJ', 'glsa_'], alphabet: wordAlphabet('_+/='), minimum: 32 }),
  run({ prefixes: ['sntrys_eyJ', 'sntryu_'], alphabet: wordAlphabet('_+/='), minimum: 60 }),
  run({ prefixes: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], alphabet: wordAlphabet('_.'), minimum: 40 }),
  run({ prefixes: ['gsk_', 'xai-', 'ntn_', 'lin_api_'], alphabet: letters, minimum: 40 }),
  run({ prefixes: ['sbp_'], alphabet: hex, minimum: 40 }),
  run({ prefixes: ['PMAK-'], alphabet: wordAlphabet('-'), minimum: 59 }),
  run({ prefixes: ['NRAK-'], alphabet: upper, minimum: 27 }),
  run({ prefixes: ['figd_'], alphabet: word, minimum: 40 }),
  run({ prefixes: ['ATATT3xFfGF0', 'ATBB'], alphabet: wordAlphabet('_=-'), minimum: 28 }),
];

/** With two digits each: a prefix of three bytes would match so much else that all text took longer. */
function twilioPrefixes(): readonly string[] {
  const digits = [...'0123456789abcdef'];
  return digits.flatMap((first) => digits.map((second) => `SK${first}${second}`));
}

const openAiPart = 20;
const openAiMark = 'T3BlbkFJ';

/** The older keys of OpenAI: `sk-`, and its name in base64 in the middle. */
export function openAiKey(): TokenShape {
  const whole = run({ prefixes: ['sk-'], alphabet: word, minimum: 2 * openAiPart + openAiMark.length });
  return {
    ...whole,
    measure(bytes, prefix): Extent {
      const mark = prefix.at + openAiPart;
      const read = bytes.shortRunEnd(letters, { from: prefix.at, most: openAiPart + openAiMark.length });
      const isMarked = [...openAiMark].every(
        (letter, index) => mark + index >= read || bytes.data[mark + index] === byteOf(letter),
      );
      if (!isMarked || (read < mark + openAiMark.length && read < bytes.data.length)) return { kind: 'none' };
      return whole.measure(bytes, prefix);
    },
  };
}

/** In characters: of SendGrid's two parts. */
const sendGridParts = [22, 43] as const;

/** SendGrid's keys: `SG.`, an id and the key, parted by a full stop. */
export function sendGridKey(): TokenShape {
  const [idLength, keyLength] = sendGridParts;
  return {
    prefixes: ['SG.'],
    measure(bytes, { start, at }): Extent {
      const dot = bytes.shortRunEnd(word, { from: at, most: idLength + 1 });
      if (dot - at !== idLength)
        return dot === bytes.data.length && !bytes.final && dot - at < idLength ? unfinished : none;
      if (dot === bytes.data.length) return bytes.final ? none : unfinished;
      if (bytes.data[dot] !== byteOf('.')) return none;
      const end = bytes.shortRunEnd(word, { from: dot + 1, most: keyLength + 1 });
      if (end === bytes.data.length && !bytes.final && end - dot - 1 <= keyLength) return unfinished;
      return end - dot - 1 === keyLength ? { kind: 'secret', start, end, open: false } : none;
    },
    extend: ended,
  };
}

const none = { kind: 'none' } as const;
const unfinished = { kind: 'unfinished' } as const;

function ended(_bytes: ScannedBytes, at: number) {
  return { end: at, open: false };
}
