import type { MessageId } from '@frontdesk/contract'
import { catalogProblems } from '@frontdesk/i18n'
import { expect, it } from 'vitest'
import { recordOptOut } from '../privacy/index.ts'
import { tellTeam } from './tell-unreached.ts'
import { testDesk } from './testing.ts'
import { unreachedWords } from './unreached.words.ts'

const { background, inside, place, someone, confirm, sentTo } = await testDesk()
const tell = (messageId: MessageId) => inside((tx) => tellTeam(tx, messageId))
const toOwner = async () => {
  await background.settle()
  return sentTo('owner@salon.example').map(({ parsed }) => parsed.subject)
}
const leftAlone = async () => {
  const who = await someone()
  await inside((tx) => recordOptOut(tx, place.visitor, { contactId: who.contactId, scope: 'all', cause: 'asked' }))
  return who
}

it('is said in every language', () => expect(catalogProblems(unreachedWords)).toEqual([]))

it('does not trouble the team with what a member wrote herself, or with what could be said', async () => {
  const who = await leftAlone()
  await tell((await confirm(who, {}, place.as.member)).messageId)
  await tell((await confirm(who, { purpose: 'reply' })).messageId)
  expect(await toOwner()).toEqual([])
})

it('tells the owner once a day that somebody could not be told about her booking [D5]', async () => {
  const who = await leftAlone()
  await tell((await confirm(who)).messageId)
  await tell((await confirm(who)).messageId)
  expect(await toOwner()).toEqual(['Ann Lee was not told: Confirmed: cut'])
})
