import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { changeService } from '../write-service.ts'
import { asset, assetNames } from './assets.ts'
import { testPages, visitor } from './testing.ts'

const test = await testDatabase()
const { shop, base, service, details, open, bookOnPage } = await testPages(test)
const bookings = async () =>
  Number((await test.asSuperuser('select count(*)::int as n from booking where workspace_id = $1', [shop.workspaceId])).rows[0].n)

/** How many rows each table has, and which transactions wrote them: any insert, change or deletion shows. (The server's own statistics come late.) */
async function everyRow(): Promise<unknown> {
  const { rows: tables } = await test.asSuperuser(
    `select string_agg(format('select %L as name, count(*)::int as n, sum(xmin::text::bigint) as writers from %I', relname, relname), ' union all ') as query
     from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  return (await test.asSuperuser(`${tables[0].query} order by name`)).rows
}

describe('refuses with a page', () => {
  it.each([
    ['a business that does not exist', '/b/nobody-here', 404],
    ['a service that does not exist', `${base}/nothing`, 404],
    ['a forged link', '/m/AAAA', 410],
    [
      'a link of another purpose',
      `/m/${test.keys.signLink({ purpose: 'verify', workspaceId: shop.workspaceId, subjectId: shop.workspaceId, expiresAt: test.clock().add({ hours: 1 }), allows: [] }, test.clock())}`,
      410,
    ],
  ])('%s, in the reader’s language', async (_, url, status) => {
    const answer = await open(url, { languages: 'fr-FR' })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('<html lang="fr-FR"')
    expect(answer.text).not.toContain('scheduling/')
  })

  it('a paused service, and opens it again at its earlier address', async () => {
    const massage = await shop.newService({ name: 'Massage', staffIds: [shop.ana] })
    const paused = await shop.inside((tx) =>
      changeService(tx, shop.owner, { serviceId: massage.id, version: massage.version, active: false, slug: 'deep-massage' }),
    )
    expect((await open(`${base}/massage`)).status).toBe(410)
    await shop.inside((tx) => changeService(tx, shop.owner, { serviceId: massage.id, version: paused.version, active: true }))
    const moved = await open(`${base}/massage?zone=Europe/Paris`)
    expect([moved.status, moved.location]).toEqual([303, `${base}/deep-massage?zone=Europe%2FParis`])
  })

  it('who comes too often', async () => {
    const many = await Promise.all(Array.from({ length: 260 }, () => open(`${base}/brand.css`)))
    expect(many.some((answer) => answer.status === 429)).toBe(true)
    test.clock.advance({ minutes: 2 })
  })
})

describe('every page', () => {
  it('is whole without script or inline code, is never kept, and is framed by nobody but this house', async () => {
    const path = await bookOnPage('2027-01-05T14:00:00Z')
    for (const url of [
      base,
      service,
      `${service}?choose=zone`,
      `${details}?start=2027-01-05T15:00:00Z`,
      path,
      `${path}/move`,
      `${path}/cancel`,
    ]) {
      const answer = await open(url)
      expect([url, answer.status]).toEqual([url, 200])
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['content-security-policy']).toMatch(/frame-ancestors 'self'(;|$)/)
      expect(answer.headers['content-security-policy']).not.toContain('unsafe')
      expect(answer.headers['x-frame-options']).toBe('SAMEORIGIN')
      expect(answer.text).not.toMatch(/\sstyle=|<script>|\son[a-z]+=|<style/i)
      expect(answer.text.match(/<h1[ >]/g)).toHaveLength(1)
      expect(answer.text).toMatch(/<main [^>]*id="main"/)
      expect(answer.text).toContain('role="status"')
    }
  })

  it('leads to the page that stops any address or number, in its language', async () => {
    const { text } = await open(base, { languages: 'es-MX' })
    expect(text).toMatch(/<a href="\/do-not-contact\/[^"]+\?lang=es">No me contactes<\/a>/)
  })

  it('needs little: the script is small, and files are kept for a year', async () => {
    expect(asset('booking.js').body.length).toBeLessThan(15_000)
    for (const name of assetNames) {
      const answer = await open(`/b-files/${asset(name).version}/${name}`)
      expect(answer.status).toBe(200)
      expect(answer.headers['cache-control']).toContain('immutable')
    }
    const brand = await open(`${base}/brand.css`)
    expect(brand.text).toContain('--solid:#')
  })

  it('changes nothing when it is looked at', async () => {
    const path = await bookOnPage('2027-01-05T14:30:00Z')
    const before = await everyRow()
    for (const url of [
      base,
      service,
      `${details}?start=2027-01-05T15:00:00Z`,
      path,
      `${path}/move`,
      `${path}/move?start=2027-01-05T18:00:00Z`,
      `${path}/cancel`,
      `${path}/calendar.ics`,
    ])
      await open(url)
    const after = await everyRow()
    expect(after).toEqual(before)
    const booking = await test.asSuperuser(
      `select status, version from booking where workspace_id = $1 and starts_at = '2027-01-05T14:30:00Z'`,
      [shop.workspaceId],
    )
    expect(booking.rows).toEqual([{ status: 'confirmed', version: 1 }])
  })
})

describe('times', () => {
  it('name weekday, date, time and person when read aloud', async () => {
    const answer = await open(`${service}?date=2027-01-06`)
    expect(answer.text).toContain('aria-label="Wednesday, January 6, 9:00 AM, with Ana Ruiz"')
  })

  it('are the business’s until the visitor’s zone is known, and say so', async () => {
    expect((await open(service)).text).toContain('Times are in <b>Eastern Time, New York</b>')
    const theirs = await open(`${service}?date=2027-01-06&zone=Europe/Paris`)
    expect(theirs.text).toContain('Times are yours: <b>Central European Time, Paris</b>')
    expect(theirs.text).toContain('The business is 6 hours behind.')
    expect(theirs.text).toContain('zone=Europe%2FParis') // kept in every link
    expect((await open(`${service}?zone=Mars/Olympus`)).text).toContain('Times are in <b>Eastern Time, New York</b>')
  })

  it('follow the reader’s language and clock, and the language that was chosen', async () => {
    const british = await open(`${service}?date=2027-01-06`, { languages: 'en-GB' })
    expect(british.text).toContain('>09:00</button>')
    const spanish = await open(`${service}?date=2027-01-06`, { languages: 'es-MX,en;q=0.5' })
    expect(spanish.text).toContain('<html lang="es-MX" dir="ltr"')
    expect(spanish.text).toContain('¿Cuándo te viene bien?')
    const chosen = await open(`${service}?lang=fr`, { languages: 'es-MX' })
    expect(chosen.text).toContain('Quand cela vous convient-il')
    expect(chosen.text).toContain(`hreflang="es" href="${service}?lang=es"`)
  })

  it('explain the day on which clocks change', async () => {
    // The horizon of sixty days ends before 14 March 2027 from 4 January; the visitor looks from February.
    const now = test.clock()
    test.clock.set('2027-02-20T14:00:00Z')
    const answer = await open(`${service}?date=2027-03-14`)
    expect(answer.text).toContain('Clocks go forward by 1 hour at 2:00 AM on this day.')
    test.clock.set(now)
  })

  it('of a closed day say which day is open', async () => {
    const answer = await open(`${service}?date=2027-01-09`)
    expect(answer.text).toContain('Closed on Saturday, January 9.')
    expect(answer.text).toContain('The next free day is Monday, January 11.')
  })

  it('open on the first day with a free one', async () => {
    const answer = await open(service)
    expect(answer.text).toMatch(/aria-current="date"[^>]*><span class="vh">Monday, January 4/)
  })
})

describe('the form', () => {
  it('comes back with every field that is not right, tied to it, and with all that was typed', async () => {
    const typed = { ...visitor, start: '2027-01-06T15:00:00Z', name: '', email: 'not an address', note: 'Keep <b>this</b> & that' }
    const answer = await open(details, { form: typed })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('<title>Error: Your details')
    expect(answer.text).toContain('2 things are missing or not right')
    expect(answer.text).toMatch(/id="problems" tabindex="-1" autofocus role="alert"/)
    expect(answer.text).toContain('<a href="#email">Enter your email address')
    expect(answer.text).toMatch(/id="email"[^>]*aria-invalid="true" aria-describedby="email-error"/)
    expect(answer.text).toContain('value="not an address"')
    expect(answer.text).toContain('Keep &lt;b&gt;this&lt;/b&gt; &amp; that')
  })

  it('refuses a number that cannot be called, and what programs fill in', async () => {
    const phone = await open(details, { form: { ...visitor, start: '2027-01-06T15:00:00Z', phone: '12345' } })
    expect([phone.status, phone.text.includes('id="phone-error"')]).toEqual([422, true])
    const trapped = await open(details, { form: { ...visitor, start: '2027-01-06T15:00:00Z', website: 'https://spam.example' } })
    expect(trapped.status).toBe(422)
  })

  it('sent twice is one booking; changed and sent again it shows the booking that is there', async () => {
    const before = await bookings()
    const form = { ...visitor, start: '2027-01-06T16:00:00Z', once: 'pressed-twice' }
    const [first, second] = await Promise.all([open(details, { form }), open(details, { form })])
    expect([first.status, second.status]).toEqual([303, 303])
    expect(first.location).toMatch(/^\/m\/[\w-]+\?just=booked$/)
    const third = await open(details, { form: { ...form, name: 'Another name' } })
    expect([third.status, third.location.startsWith('/m/')]).toEqual([303, true])
    expect(await bookings()).toBe(before + 1)
  })

  it('that lost its time offers others that book, and keeps what was typed', async () => {
    const start = '2027-01-07T15:00:00Z'
    await shop.book({ start })
    const lost = await open(details, { form: { ...visitor, start, note: 'Please be gentle' } })
    expect(lost.status).toBe(409)
    expect(lost.text).toContain('Thursday, January 7, 10:00 AM was just taken')
    expect(lost.text).toContain('Please be gentle')
    expect(lost.text).toContain(`value="${visitor.email}"`)
    const offers = [...lost.text.matchAll(/type="radio" name="start" value="([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(offers.length).toBeGreaterThan(2)
    await bookOnPage(offers[0] ?? '')
    const unanswered = await open(details, { form: { ...visitor, start: 'nonsense' } })
    expect(unanswered.status).toBe(303)
  })

  it('for a time that is gone already leads back to the times', async () => {
    const start = '2027-01-07T17:00:00Z'
    await shop.book({ start })
    const gone = await open(`${details}?start=${start}`)
    expect([gone.status, gone.location.includes('lost=')]).toEqual([303, true])
    expect((await open(gone.location)).text).toContain('is not free any more')
  })

  it('is a stranger to whoever else has that address', async () => {
    await shop.newContact('family@example.com', 'Secret Name')
    const path = await bookOnPage('2027-01-08T15:00:00Z', { email: 'family@example.com', name: 'Nosy Neighbour' })
    expect((await open(path)).text).not.toContain('Secret Name')
  })
})
