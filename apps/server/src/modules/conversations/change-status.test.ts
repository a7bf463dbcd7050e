import type { ConversationId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testWorkspace } from '../contacts/testing.ts'
import { changeStatus } from './change-status.ts'
import { sendEmail } from './index.ts'
import { listConversations } from './read-conversations.ts'
import { testDesk } from './testing.ts'

const { test, background, bookings, place, inside, someone, confirmed, answer, conversation } = await testDesk()

describe('status', () => {
  it('refuses a stale version, and a snooze without a moment to come', async () => {
    const who = await someone()
    const { conversationId } = await confirmed(who)
    const change = (version: number, status: 'open' | 'snoozed', snoozedUntil?: string) =>
      inside((tx) => changeStatus(tx, place.as.member, { conversationId, version, status, snoozedUntil }))
    const { version } = await conversation(conversationId)
    await expect(change(version - 1, 'open')).rejects.toMatchObject({ type: 'http/version-mismatch', facts: { current: { version } } })
    await expect(change(version, 'snoozed')).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(change(version, 'snoozed', test.clock().toString())).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(inside((tx) => changeStatus(tx, place.as.read_only, { conversationId, version, status: 'open' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('is undone by sending the earlier one', async () => {
    const who = await someone()
    const { conversationId, mailId } = await confirmed(who)
    await answer(who, mailId)
    const before = await conversation(conversationId)
    const resolved = await inside((tx) =>
      changeStatus(tx, place.as.member, { conversationId, version: before.version, status: 'resolved' }),
    )
    expect(resolved).toMatchObject({ status: 'resolved', waitingSince: null })
    const undone = await inside((tx) => changeStatus(tx, place.as.member, { conversationId, version: resolved.version, status: 'open' }))
    expect(undone).toMatchObject({ status: 'open' })
  })

  it('comes back by itself when a snooze is over', async () => {
    const who = await someone()
    const { conversationId } = await confirmed(who)
    const { version } = await conversation(conversationId)
    await inside((tx) =>
      changeStatus(tx, place.as.member, {
        conversationId,
        version,
        status: 'snoozed',
        snoozedUntil: test.clock().add({ hours: 2 }).toString(),
      }),
    )
    await background.settle()
    expect((await conversation(conversationId)).status).toBe('snoozed')
    test.clock.advance({ hours: 2 })
    await background.settle()
    expect(await conversation(conversationId)).toMatchObject({ status: 'open', snoozedUntil: null })
  })

  it('filters the list, which is walked by pages', async () => {
    const desk = await testWorkspace(test, 'Pages')
    const ids: ConversationId[] = []
    for (let index = 0; index < 5; index++) {
      const contactId = await desk.newContact(`p${index}@pages.example`)
      const bookingId = `019b0000-0000-7000-8000-0000000d000${index}`
      bookings.set(bookingId, { open: true, startedBy: 'contact', contactId })
      const sent = await test.database.inWorkspace(desk.workspaceId, (tx) =>
        sendEmail(
          tx,
          { kind: 'system', workspaceId: desk.workspaceId, job: 'test' },
          { contactId, about: { type: 'booking', id: bookingId }, subject: `${index}`, text: 'x' },
        ),
      )
      ids.push(sent.conversationId)
    }
    const seen: ConversationId[] = []
    let cursor: string | undefined
    do {
      const page = await test.database.inWorkspace(desk.workspaceId, (tx) =>
        listConversations(tx, desk.as.owner, { limit: 2, cursor, status: 'resolved' }),
      )
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(ids.toReversed())
    expect(
      (await test.database.inWorkspace(desk.workspaceId, (tx) => listConversations(tx, desk.as.owner, { limit: 2, status: 'open' }))).items,
    ).toEqual([])
  })
})
