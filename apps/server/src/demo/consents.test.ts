import { expect, it } from 'vitest'
import { seeded } from './chance.ts'
import { bookOnline } from './desk-life.ts'
import { liveWithPrivacy } from './privacy-life.ts'
import { emptyClinic } from './testing.ts'

it('the clinic asked for consent as clinics do: on its page with a click in a mail, at the counter, on paper with the scan, on the telephone', async () => {
  const today = Temporal.Instant.from('2026-11-29T17:50:00Z')
  const { by, clinic, clock, database, asSuperuser } = await emptyClinic(today.subtract({ hours: 24 * 22 }))
  const chance = seeded(3)
  for (let booked = 0; booked < 40; booked += 1) {
    clock.advance({ minutes: 7 })
    await database.inWorkspace(by.workspaceId, (tx) => bookOnline(tx, clinic, chance))
  }
  await liveWithPrivacy({ by, database, setClock: clock.set, today })
  const { rows } = await asSuperuser(
    `select c.how, c.action, c.level, count(*)::int as n, bool_and(c.signed_name is not null) as signed, bool_and(c.proof_file_id is not null) as proof,
       bool_and(c.wording_id is not null) as words
     from consent c group by c.how, c.action, c.level order by c.how, c.action`,
  )
  expect(rows).toEqual([
    { how: 'counter', action: 'given', level: 'pewc', n: 2, signed: true, proof: false, words: true },
    { how: 'mail', action: 'given', level: 'pec', n: 2, signed: false, proof: false, words: true },
    { how: 'paper', action: 'given', level: 'pewc', n: 2, signed: true, proof: true, words: true },
    { how: 'spoken', action: 'given', level: 'pec_oral', n: 2, signed: false, proof: false, words: true },
    { how: 'told', action: 'withdrawn', level: null, n: 1, signed: false, proof: false, words: false },
  ])
  // One address waits for its click, and counts for nothing.
  const { rows: waiting } = await asSuperuser('select origin from consent_invitation where confirmed_at is null')
  expect(waiting).toEqual([{ origin: 'counter' }])
}, 60_000)
