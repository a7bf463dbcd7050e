import type pg from 'pg'

/** Runs SQL as the superuser of a test's database. */
export type Superuser = (text: string, values?: readonly unknown[]) => Promise<pg.QueryResult>

export type Crowd = {
  /** Workspaces that exist already and are filled too. */
  readonly existing: readonly { readonly workspaceId: string; readonly serviceId: string; readonly staffId: string }[]
  /** How many more are made, so that the existing ones are some among many. */
  readonly others: number
  readonly contactsEach: number
  /** One after another, an hour each, around now. */
  readonly bookingsEach: number
  /** Named as people are, where many share a name; otherwise everybody has a number and a name that nobody else has. */
  readonly named?: 'people' | 'numbers'
}

const words = (text: string) =>
  `(array[${text
    .split(' ')
    .map((word) => `'${word}'`)
    .join(',')}])`
/** One of forty given names, and one of eight thousand family names of two or three syllables; the common ones of both are common. */
const given = `${words('ann bob carla zoe jose dana liam noor ximena ola pia quinn rosa sam tess udo vera wim yara john mary peter paul laura james linda robert susan david karen michael nancy daniel lisa mark betty george helen kevin sandra')}[1 + (abs(hashint4(n)::bigint) % 1600 / 40) * (abs(hashint4(n)::bigint) % 40) / 40]`
const family = `${words('mil gar lef ngu smi ro ba sto ri fie mar ban da hi fo john ander pet lar han wil ol mor tay tho jack whi har cla le wal hal all you kin wri sco gre ad nel')}[1 + (abs(hashint4(n + 1)::bigint) % 40)]
  || ${words('ler cia bert yen th y ker ne vers lds sh ks le ll rd son man sen ton er')}[1 + (abs(hashint4(n + 2)::bigint) % 20)]
  || (array['','','','s','ez','ski','berg','field','stein','well'])[1 + (abs(hashint4(n + 3)::bigint) % 10)]`
const nameOf = {
  people: { name: `${given} || ' ' || ${family}`, address: `${given} || '.' || ${family} || n || '@example.com'` },
  numbers: { name: `'person ' || n || ' ' || md5(n::text)`, address: `'crowd' || n || '@example.com'` },
}

/** A UUIDv7 of this moment: the timeline reads the time of recording out of its ids. */
const orderedUuid = `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`

/** Fills a server as if it had been used for a long time: contacts with points and timelines, bookings with their claims. Set-based, in seconds. */
export async function addCrowd(asSuperuser: Superuser, crowd: Crowd): Promise<void> {
  await asSuperuser(`create temporary table if not exists place (workspace_id uuid, service_id uuid, staff_id uuid)`)
  await asSuperuser('truncate place')
  for (const { workspaceId, serviceId, staffId } of crowd.existing)
    await asSuperuser('insert into place values ($1, $2, $3)', [workspaceId, serviceId, staffId])
  await asSuperuser(
    `with made as (insert into place select gen_random_uuid(), gen_random_uuid(), gen_random_uuid() from generate_series(1, $1) returning *),
    slugs as (insert into workspace_slug (workspace_id, id, slug, created_at) select workspace_id, gen_random_uuid(), 'crowd-' || workspace_id, now() from made returning workspace_id, slug),
    spaces as (insert into workspace (id, name, slug, zone, locale, currency, brand_colour, created_at, version)
      select workspace_id, 'Crowd', slug, 'America/New_York', 'en-US', 'USD', '#1f6f5c', now(), 1 from slugs),
    owners as (insert into member (workspace_id, id, user_id, name, email, role, joined_at, created_at, version)
      select workspace_id, gen_random_uuid(), gen_random_uuid(), 'Owner', 'owner@example.com', 'owner', now(), now(), 1 from made),
    persons as (insert into staff (workspace_id, id, name, hue, active, created_at, updated_at, version) select workspace_id, staff_id, 'Ana', 10, true, now(), now(), 1 from made)
    insert into service (workspace_id, id, name, slug, description, duration_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days, step_minutes, change_notice_minutes,
      place_kind, hue, phone, choose_person, active, position, created_at, updated_at, version)
    select workspace_id, service_id, 'Visit', 'visit', '', 60, 0, 0, 0, 60, 60, 0, 'address', 10, 'optional', true, true, 0, now(), now(), 1 from made`,
    [crowd.others],
  )
  await asSuperuser(`create temporary table if not exists person (workspace_id uuid, id uuid, n int)`)
  await asSuperuser('truncate person')
  await asSuperuser('insert into person select workspace_id, gen_random_uuid(), n from place, generate_series(1, $1) n', [
    crowd.contactsEach,
  ])
  const moment = `date_trunc('second', now() - n * interval '7 minutes')`
  const { name, address } = nameOf[crowd.named ?? 'numbers']
  await asSuperuser(`insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, created_at, updated_at)
    select workspace_id, id, 1, initcap(name), name, 'member', ' ' || name || ' ' || address, ${moment}, ${moment}, ${moment}
    from person, lateral (select ${name} as name, ${address} as address) as named`)
  await asSuperuser(`insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
    select workspace_id, gen_random_uuid(), id, 'email', address, address, true, false, ${moment} from person, lateral (select ${address} as address) as named`)
  await asSuperuser(`insert into timeline_event (workspace_id, id, contact_id, at, kind, actor_kind, summary_key, summary_values)
    select workspace_id, ${orderedUuid}, id, ${moment} - k * interval '1 day', 'contact.created', 'system', 'contact.created', '{}' from person, generate_series(1, 3) k`)
  await asSuperuser(
    `create temporary table if not exists visit (workspace_id uuid, id uuid, staff_id uuid, service_id uuid, contact_id uuid, starts_at timestamptz)`,
  )
  await asSuperuser('truncate visit')
  await asSuperuser(
    `insert into visit select p.workspace_id, gen_random_uuid(), p.staff_id, p.service_id, c.id, date_trunc('hour', now()) + (k - $1::int / 2) * interval '1 hour'
    from place p cross join generate_series(1, $1::int) k join person c on c.workspace_id = p.workspace_id and c.n = 1 + k % $2::int`,
    [crowd.bookingsEach, crowd.contactsEach],
  )
  await asSuperuser(`insert into booking (workspace_id, id, status, service_id, staff_id, contact_id, attendee_id, starts_at, ends_at, busy_from, busy_until, zone, wall_start, place_kind, source, thread_id,
      sequence, told_contact, told_business, quiet, created_at, updated_at, version)
    select workspace_id, id, 'confirmed', service_id, staff_id, contact_id, contact_id, starts_at, starts_at + interval '1 hour', starts_at, starts_at + interval '1 hour', 'America/New_York', '2027-01-01T09:00',
      'address', 'page', id, 0, 0, 0, true, now(), now(), 1 from visit`)
  await asSuperuser(`insert into claim (workspace_id, id, claimed_id, staff_id, booking_id, busy_from, busy_until, active)
    select workspace_id, gen_random_uuid(), staff_id, staff_id, id, starts_at, starts_at + interval '1 hour', true from visit`)
  for (const table of ['contact', 'contact_point', 'timeline_event', 'booking', 'claim', 'service', 'staff', 'workspace', 'member'])
    await asSuperuser(`analyze ${table}`)
}
