import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import pg from 'pg'
import { type KeyPurpose, type Keys, keyPurposes } from '../crypto/index.ts'

/** What the database remembers of a key: enough to know it again, and nothing that opens anything. */
export type KeyVersionRow = {
  purpose: KeyPurpose
  key_id: string
  fingerprint: string
  /** When the key was made, as its ring says. */
  made_at: Temporal.Instant
}

/** The keys of this machine. They are opened, and made, only where the database knows none yet or there are some. */
export type KeysHere = { readonly folder: string; readonly open: () => Keys }

type Mark = Pick<KeyVersionRow, 'purpose' | 'key_id' | 'fingerprint'> & { readonly made_at: string }

/** Refuses keys that are not the database's, without changing anything; says nothing where it cannot look yet. */
export async function refuseForeignKeys(urls: readonly string[], here: KeysHere): Promise<void> {
  for (const url of urls) {
    const known = await newestMarks(url)
    if (known === undefined) continue
    requireSame(known, here)
    return
  }
}

/** Notes the keys of this machine in the database, or refuses them. Of two machines that begin at once with keys of their own, the second is refused. */
export async function recordKeys(ownerUrl: string, here: KeysHere): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query('lock table platform.key_version in exclusive mode')
    requireSame(await readNewest(client), here)
    for (const { purpose, key_id, fingerprint, made_at } of marksOf(here.open())) {
      await client.query(
        'insert into platform.key_version (purpose, key_id, fingerprint, made_at) values ($1, $2, $3, $4) on conflict do nothing',
        [purpose, key_id, fingerprint, made_at],
      )
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}

const marksOf = (keys: Keys): readonly Mark[] =>
  keys.describe().map(({ purpose, id, createdAt }) => ({
    purpose,
    key_id: id,
    fingerprint: createHash('sha256')
      .update(keys.subkey(purpose, 'fingerprint', id).key)
      .digest('hex')
      .slice(0, 32),
    made_at: createdAt,
  }))

/** The newest key of each purpose: what is written now can be read with it alone. Older ones may have been removed for good. */
async function readNewest(client: pg.Client): Promise<readonly Mark[]> {
  const { rows } = await client.query<Mark>(
    'select distinct on (purpose) purpose, key_id, fingerprint from platform.key_version order by purpose, made_at desc, key_id',
  )
  return rows
}

/** Undefined where this account does not get in or does not see them, or there is no such table yet. Whatever is wrong with that is said by what comes next. */
async function newestMarks(url: string): Promise<readonly Mark[] | undefined> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await readNewest(client)
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

function requireSame(known: readonly Mark[], here: KeysHere): void {
  const ours = known.filter(({ purpose }) => keyPurposes.includes(purpose))
  if (ours.length === 0) return
  if (!hasRings(here.folder)) throw foreign(`there are no keys in ${here.folder}`)
  const marks = marksOf(here.open())
  const isHere = (wanted: Mark) =>
    marks.some((mark) => mark.purpose === wanted.purpose && mark.key_id === wanted.key_id && mark.fingerprint === wanted.fingerprint)
  const missing = ours.filter((mark) => !isHere(mark)).map(({ purpose }) => purpose)
  if (missing.length === 0) return
  const which = missing.length === ours.length ? 'those' : `some of those (${missing.join(', ')})`
  throw foreign(`${which} in ${here.folder} are others, or older ones`)
}

const hasRings = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => keyPurposes.some((purpose) => name === `${purpose}.json`))

const foreign = (what: string) =>
  new Error(
    `This database works with keys, and ${what}. So nothing was started and nothing was changed: what is encrypted could not be read, and what would be written could be read by nobody else.
A second machine needs the same keys folder as the first (docs/host.md, "Several machines"). If the keys were lost, put back their copy: npm run restore -- --keys <file>
Only if no copy is left: npm run operator -- accept-keys`,
  )
