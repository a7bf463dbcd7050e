import type { Domain } from '../config/index.ts'
import { accountKey, type Certificate, certificateOf } from './certificate-file.ts'

/** Answers of the HTTP-01 challenge by token (RFC 8555 §8.3), for as long as an order is open. */
export type Challenges = Map<string, string>

/** Orders one certificate from the authority (ACME, RFC 8555). Rejects with an Error that says what has to change. */
export async function obtainCertificate(domain: Domain, keysFolder: string, challenges: Challenges): Promise<Certificate> {
  const { default: acme } = await import('acme-client') // loaded only where there is a domain
  const account = await accountKey(keysFolder, async () => String(await acme.crypto.createPrivateEcdsaKey()))
  const client = new acme.Client({
    directoryUrl: domain.acmeDirectoryUrl,
    accountKey: account,
    backoffMin: 1_000,
    backoffMax: 15_000,
    backoffAttempts: 12,
  })
  const [key, csr] = await acme.crypto.createCsr({ altNames: [domain.name] }, await acme.crypto.createPrivateEcdsaKey())
  try {
    const chain = await client.auto({
      csr,
      ...(domain.acmeEmail ? { email: domain.acmeEmail } : {}),
      termsOfServiceAgreed: true,
      challengePriority: ['http-01'],
      // Whether we reach ourselves says nothing: many routers do not let a machine call its own public address.
      skipChallengeVerification: true,
      challengeCreateFn: async (_authorization, challenge, answer) => {
        challenges.set(challenge.token, answer)
      },
      challengeRemoveFn: async (_authorization, challenge) => {
        challenges.delete(challenge.token)
      },
    })
    return certificateOf(String(key), chain)
  } catch (error) {
    throw new Error(explain(domain, error instanceof Error ? error.message : String(error)), { cause: error })
  }
}

function explain(domain: Domain, said: string): string {
  const causes: readonly (readonly [RegExp, string])[] = [
    [/rateLimited|too many/i, 'The authority has had too many attempts from here and asks to wait; it is tried again by itself.'],
    [
      /NXDOMAIN|dns problem|could not resolve|no valid IP|lookup/i,
      `The name ${domain.name} does not lead anywhere yet. Point it at this machine with an A or AAAA record.`,
    ],
    [/rejectedIdentifier|blocked|policy/i, `The authority does not give certificates for ${domain.name}.`],
    [
      /connection|timeout|refused|fetching|unauthorized|invalid response|incorrect validation|acme:error/i,
      `The authority could not reach this machine at http://${domain.name}/. Open port 80 to the world, lead it to port ${domain.httpPort} here, and check that ${domain.name} is this machine's address.`,
    ],
  ]
  const sentence =
    causes.find(([sign]) => sign.test(said))?.[1] ?? `The authority at ${new URL(domain.acmeDirectoryUrl).host} gave no certificate.`
  return `${sentence} (It said: ${said.slice(0, 300)})`
}
