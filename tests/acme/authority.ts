import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { freePort } from '../../scripts/testing/free-port.ts'
import { untilTrue } from '../setup/desk.ts'

/** Pebble, the test server of Let's Encrypt, with a name server that leads every name to this machine. */
export type Authority = {
  readonly directoryUrl: string
  /** Where it looks for the proof of a domain, instead of port 80. */
  readonly httpPort: number
  /** What trusts its certificates. */
  readonly root: () => Promise<string>
  /** What trusts its own address; for NODE_EXTRA_CA_CERTS of other processes. */
  readonly ownCertificate: string
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** Starts an authority whose certificates live so many seconds. */
export async function startAuthority(options: { readonly certificateSeconds: number }): Promise<Authority> {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-pebble-'))
  const [directory, management, dns, httpPort, tlsPort] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()])
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=pebble', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:TRUE']
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      certificate,
      ...subject,
    ],
    { stdio: 'pipe' },
  )
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')])

  const config = path.join(folder, 'pebble.json')
  const pebble = {
    listenAddress: `127.0.0.1:${directory}`,
    managementListenAddress: `127.0.0.1:${management}`,
    certificate,
    privateKey: key,
    httpPort,
    tlsPort,
    domainBlocklist: ['refused.example.com'],
    certificateValidityPeriod: options.certificateSeconds,
  }
  writeFileSync(config, JSON.stringify({ pebble }))
  let said = ''
  const follow = (child: ChildProcess): ChildProcess => {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk))
    return child
  }
  const names = follow(
    spawn('pebble-challtestsrv', [
      '-defaultIPv6',
      '',
      '-dns01',
      `127.0.0.1:${dns}`,
      '-http01',
      '',
      '-https01',
      '',
      '-tlsalpn01',
      '',
      '-management',
      '127.0.0.1:0',
    ]),
  )
  // Without its habit of waiting up to fifteen seconds before it looks; it still refuses one nonce in twenty, as authorities do.
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: '1' }
  const server = follow(spawn('pebble', ['-config', config, '-dnsserver', `127.0.0.1:${dns}`], { env }))
  const directoryUrl = `https://127.0.0.1:${directory}/dir`
  const isUp = () =>
    fetch(directoryUrl).then(
      ({ ok }) => ok,
      () => false,
    )
  await untilTrue(isUp, `pebble: ${said}`)
  return {
    directoryUrl,
    httpPort,
    ownCertificate: certificate,
    root: async () => (await fetch(`https://127.0.0.1:${management}/roots/0`)).text(),
    output: () => said,
    stop: async () => {
      for (const child of [server, names]) {
        const ended = once(child, 'exit')
        child.kill()
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
