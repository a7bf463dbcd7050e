import { Visitor } from 'vite'
import type { Violation } from './import-rules.ts'
import { lineAt, type SourceFile } from './source-files.ts'

/** A file that gives data to somebody outside without asking the person, and why it may. */
export type GivesUnasked = { readonly file: string; readonly why: string }

/** A room that uses data for more than serving her, and the uses it has to ask for, by their keys in `policies/built-in-uses.ts` of the privacy room. */
export type RoomUses = { readonly room: string; readonly uses: readonly string[]; readonly why: string }

const privacy = 'apps/server/src/modules/privacy'

/** Everything that gives data outside without her yes. */
export const givesUnasked: readonly GivesUnasked[] = [
  { file: `${privacy}/erasure/export-contact.ts`, why: 'She receives it herself (GDPR Art. 15, 20).' },
  { file: `${privacy}/requests/hand-over.ts`, why: 'She asked for it and confirmed where to behind her own link (GDPR Art. 20(2)).' },
  { file: `${privacy}/registers/legal/disclose.ts`, why: 'An authority asked, and two people checked that it may.' },
  {
    file: `${privacy}/number-checks/look-up-numbers.ts`,
    why: 'A processor looks a number up so that whoever else has it by now is left alone (47 CFR 64.1200(m)); it learns no name, and no number leaves without a contract.',
  },
  {
    file: `${privacy}/leaving/export-workspace.ts`,
    why: 'The business takes its own data along, or somebody who works for it under a contract gets them; for purposes of a recipient of its own there is no copy.',
  },
  {
    file: `${privacy}/registers/key-recipients.ts`,
    why: 'Somebody who works for the business under a contract reads by a key or is told of events; there is none for offers of others.',
  },
  {
    file: `${privacy}/registers/taken-lists.ts`,
    why: 'The business takes its own contacts along in a file; nobody outside gets them.',
  },
  {
    file: `${privacy}/registers/ownership/change-ownership.ts`,
    why: 'Everybody was told before and could object; whoever does is left out.',
  },
  {
    file: 'apps/server/src/modules/scheduling/calendars/calendar-reach.ts',
    why: 'A member has her own calendar read, and her bookings written there by time and service; nobody else is named.',
  },
  {
    file: 'apps/server/src/modules/accounts/provider-identity.ts',
    why: 'A member signs in with her account elsewhere; nobody else is named.',
  },
]

/** The rooms that share or profile, also those that are still to be built: each asks before, or the check fails on the day it comes. */
export const roomsThatAsk: readonly RoomUses[] = [
  { room: 'leads', uses: ['profiling'], why: 'Leads are scored, sorted and routed by what is known of a person (GDPR Art. 4(4)).' },
  { room: 'assistants', uses: ['training'], why: 'Conversations of people make assistants better.' },
  { room: 'outreach', uses: ['profiling', 'third_party_marketing'], why: 'Audiences are cut by behaviour, and partners share lists.' },
  { room: 'reports', uses: ['statistics', 'profile_sharing'], why: 'People are counted one by one, and reports leave the house.' },
]

/** What asks: the functions of the privacy room, with the use that each names where it takes none. */
const asking: ReadonlyMap<string, string | null> = new Map([
  ['mayUse', null],
  ['requireUse', null],
  ['mayShareForMarketing', 'third_party_marketing'],
])
/** What hands data to somebody outside. */
const giving: ReadonlySet<string> = new Set(['recordDisclosure', 'requireRecipient', 'callOutside'])
const wires = /^(node:)?(https?|http2|net|tls|dgram)$/
/** What only looks at an address. */
const harmless: ReadonlySet<string> = new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList'])

type Found = { readonly asks: ReadonlySet<string>; readonly gives: { readonly what: string; readonly line: number } | undefined }

/** Which uses a file asks for, and where it first gives data outside. */
function lookInto(file: SourceFile): Found {
  const asks = new Set<string>()
  const own = new Map<string, string>()
  for (const { names } of file.imports) for (const [here, there] of names) own.set(here, there)
  const imported = file.imports.find(({ names, specifier, typeOnly }) => {
    if (typeOnly) return false
    const reaches = wires.test(specifier) && !(names.size > 0 && [...names.values()].every((there) => harmless.has(there)))
    return reaches || [...names.values()].some((there) => giving.has(there))
  })
  let gives = imported && { what: imported.specifier, line: imported.line }
  new Visitor({
    CallExpression({ callee, arguments: given, start }) {
      if (callee.type !== 'Identifier') return
      const name = own.get(callee.name)
      if (name !== undefined && asking.has(name)) {
        const key = asking.get(name)
        const written = given.find((one) => one.type === 'Literal' && typeof one.value === 'string')
        if (key) asks.add(key)
        else asks.add(written?.type === 'Literal' ? String(written.value) : '*')
      }
      if (callee.name === 'fetch' && name === undefined) gives ??= { what: 'fetch', line: lineAt(file.text, start) }
    },
  }).visit(file.program)
  return { asks, gives }
}

/** Judges whether rooms ask before they use data for more than serving her, or give them to somebody outside. */
export function judgeUses(
  files: readonly SourceFile[],
  settings: { readonly unasked?: readonly GivesUnasked[]; readonly rooms?: readonly RoomUses[] } = {},
): Violation[] {
  const { unasked = givesUnasked, rooms = roomsThatAsk } = settings
  const ofRooms = files.filter(({ place }) => place.part === 'module' && !place.isTest)
  const looked = ofRooms.map((file) => ({ file, ...lookInto(file) }))
  const giving = looked.filter(({ gives, asks }) => gives !== undefined && asks.size === 0)
  return [
    ...giving
      .filter(({ file }) => !unasked.some((one) => one.file === file.path))
      .map(({ file, gives }) => ({
        rule: 'data leave with a question',
        file: file.path,
        line: gives?.line ?? 1,
        says: `${gives?.what} gives data to somebody outside. Ask with requireUse of modules/privacy before, or say in scripts/check/data-uses.ts why nobody has to be asked.`,
      })),
    ...unasked
      .filter(({ file }) => ofRooms.some(({ path }) => path === file) && !giving.some((one) => one.file.path === file))
      .map(({ file }) => ({
        rule: 'data leave with a question',
        file,
        line: 1,
        says: 'scripts/check/data-uses.ts excuses this file, but it gives nothing outside, or asks.',
      })),
    ...rooms.flatMap(({ room, uses, why }) => {
      const inRoom = looked.filter(({ file }) => file.place.room === room)
      const asked = new Set(inRoom.flatMap(({ asks }) => [...asks]))
      const missing = inRoom.length === 0 ? [] : uses.filter((use) => !asked.has(use))
      return missing.map((use) => ({
        rule: 'rooms ask before they profile or share',
        file: `apps/server/src/modules/${room}`,
        line: 1,
        says: `${why} Nothing in this room calls requireUse(tx, contactId, '${use}').`,
      }))
    }),
  ]
}
