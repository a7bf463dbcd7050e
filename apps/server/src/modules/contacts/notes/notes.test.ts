import type { ContactId, MemberId, NoteAudience, Principal, Role } from '@frontdesk/contract'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { prepareJobs } from '../../../platform/jobs/index.ts'
import { mailSettings, memberMailGates } from '../../../platform/mail/index.ts'
import { contactSurroundings } from '../surroundings.ts'
import { type TestWorkspace, testWorkspace, timelinePage } from '../testing.ts'
import { addNote, editNote, listNotes, removeNote, restoreNote } from './write-note.ts'

const test = await testDatabase()
let place: TestWorkspace
let ann: ContactId
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const id = (role: Role): MemberId => place.as[role].memberId
const write = (by: Role, audience: NoteAudience, mentions: readonly MemberId[] = [], body = `${audience} by ${by}`) =>
  inside((tx) => addNote(tx, place.as[by], { contactId: ann, body, audience, mentions }))
const bodies = async (by: Principal) =>
  (await inside((tx) => listNotes(tx, by, { contactId: ann, limit: 20 }))).items.map(({ body }) => body)
const told = async (by: Principal) => {
  const { items } = await inside((tx) => timelinePage(tx, by, { contactId: ann, limit: 50 }))
  return items.filter(({ kind }) => kind.startsWith('note.')).length
}
const key = (): Principal =>
  ({ kind: 'api_key', workspaceId: place.workspaceId, keyId: 'k', scopes: ['contacts.read', 'contacts.write'] }) as never
const mails = async () => {
  const { rows } = await test.asSuperuser(
    `select to_address, subject from mail where workspace_id = $1 and news = 'mentions' order by id`,
    [place.workspaceId],
  )
  return rows.map(({ to_address, subject }) => `${to_address}: ${subject}`)
}

beforeAll(async () => {
  mailSettings.provide({ smtpUrl: undefined, from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
  memberMailGates.provide('accounts', { mayReach: async () => ({ allowed: true }) })
  contactSurroundings.provide({ publicUrl: () => 'https://desk.example' })
  await prepareJobs(test.urls.owner, [])
})
beforeEach(async () => {
  place = await testWorkspace(test)
  ann = await place.newContact('ann@notes.example', 'Ann Lee')
})

describe('a note that not everybody sees', () => {
  it('shows to those it is for, on the list and on the timeline, and to nobody else by any other way', async () => {
    await write('member', 'everybody')
    const led = await write('member', 'leads')
    const own = await write('manager', 'author')
    const everybody = ['everybody by member']
    const seen: readonly (readonly [Principal, readonly string[]])[] = [
      [place.as.owner, ['leads by member', ...everybody]],
      [place.as.admin, ['leads by member', ...everybody]],
      [place.as.manager, ['author by manager', 'leads by member', ...everybody]],
      [place.as.member, ['leads by member', ...everybody]],
      [place.as.privacy_officer, everybody],
      [place.as.auditor, everybody],
      [place.as.read_only, everybody],
      [{ kind: 'operator', workspaceId: place.workspaceId, access: 'change' } as never, everybody],
      [key(), everybody],
    ]
    for (const [by, expected] of seen) {
      expect(await bodies(by), JSON.stringify(by)).toEqual(expected)
      expect(await told(by), JSON.stringify(by)).toBe(expected.length)
    }
    const at = (noteId: string) => ({ contactId: ann, noteId })
    for (const [by, noteId] of [
      [place.as.owner, own.id],
      [place.as.privacy_officer, led.id],
      [key(), led.id],
    ] as const) {
      await expect(inside((tx) => editNote(tx, by, { ...at(noteId), body: 'x', version: 1 }))).rejects.toMatchObject({
        type: 'http/not-found',
      })
      await expect(inside((tx) => removeNote(tx, by, at(noteId)))).rejects.toMatchObject({ type: 'http/not-found' })
      await expect(inside((tx) => restoreNote(tx, by, at(noteId)))).rejects.toMatchObject({ type: 'http/not-found' })
    }
    // Even once the row itself is gone, the timeline does not say that there was one.
    await test.asSuperuser('delete from note where id = any ($1)', [[own.id, led.id]])
    expect([await told(place.as.owner), await told(place.as.read_only)]).toEqual([1, 1])
  })

  it('is opened and closed by its author; who leads the team does so for the team alone, and programs never', async () => {
    const note = await write('member', 'everybody')
    const show = (by: Principal, version: number, audience: NoteAudience) =>
      inside((tx) => editNote(tx, by, { contactId: ann, noteId: note.id, body: 'Same', version, audience }))
    await expect(show(place.as.representative, 1, 'author')).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(show(place.as.privacy_officer, 1, 'leads')).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(show(place.as.manager, 1, 'author')).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(show(key(), 1, 'leads')).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => addNote(tx, key(), { contactId: ann, body: 'x', audience: 'leads' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    expect((await show(place.as.manager, 1, 'leads')).audience).toBe('leads')
    expect(await bodies(place.as.read_only)).toEqual([])
    expect((await show(place.as.member, 2, 'author')).audience).toBe('author')
    expect(await bodies(place.as.manager)).toEqual([])
    await show(place.as.member, 3, 'everybody')
    expect(await bodies(place.as.read_only)).toEqual(['Same'])
  })

  it('is seen by who leads the team once its author has left, and may be shown to the team', async () => {
    const note = await write('member', 'author')
    expect([await bodies(place.as.owner), await told(place.as.owner)]).toEqual([[], 0])
    await test.asSuperuser('update member set removed_at = now() where id = $1', [id('member')])
    expect([await bodies(place.as.owner), await told(place.as.owner)]).toEqual([['author by member'], 1])
    expect([await bodies(place.as.privacy_officer), await bodies(key())]).toEqual([[], []])
    const wish = { contactId: ann, noteId: note.id, body: 'Hers', version: 1, audience: 'everybody' as const }
    await inside((tx) => editNote(tx, place.as.owner, wish))
    expect(await bodies(place.as.read_only)).toEqual(['Hers'])
  })
})

describe('who is mentioned', () => {
  it('hears of it once, by a mail that does not say what was written; not who mentions herself', async () => {
    const note = await write('owner', 'everybody', [id('member'), id('owner'), id('member')], '@The member, her sister called')
    expect(note.mentions).toEqual([id('member'), id('owner')])
    expect(await mails()).toEqual(['member@salon.example: You are mentioned in a note about Ann Lee'])
    const change = (version: number, mentions?: readonly MemberId[]) =>
      inside((tx) => editNote(tx, place.as.owner, { contactId: ann, noteId: note.id, body: 'Twice', version, mentions }))
    expect((await change(1)).mentions).toEqual([id('member'), id('owner')])
    expect((await change(2, [id('member'), id('manager')])).mentions).toEqual([id('member'), id('manager')])
    expect(await mails()).toHaveLength(2)
    expect((await change(3, [])).mentions).toEqual([])
  })

  it('is refused for who does not see the contact or the note, and nothing is written', async () => {
    for (const [audience, role, type] of [
      ['everybody', 'representative', 'contacts/member-cannot-see'],
      ['everybody', 'billing', 'contacts/member-cannot-see'],
      ['leads', 'member', 'contacts/member-cannot-see'],
      ['author', 'manager', 'contacts/member-cannot-see'],
    ] as const)
      await expect(write('owner', audience, [id(role)]), `${audience} ${role}`).rejects.toMatchObject({ type })
    await expect(write('owner', 'everybody', ['019b0000-0000-7000-8000-000000000001' as MemberId])).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
    expect([await bodies(place.as.owner), await mails()]).toEqual([[], []])
  })

  it('is mentioned no more in a note that was closed to her', async () => {
    const note = await write('owner', 'everybody', [id('member'), id('manager')])
    const closed = await inside((tx) =>
      editNote(tx, place.as.owner, { contactId: ann, noteId: note.id, body: note.body, version: 1, audience: 'leads' }),
    )
    expect(closed.mentions).toEqual([id('manager')])
  })
})
