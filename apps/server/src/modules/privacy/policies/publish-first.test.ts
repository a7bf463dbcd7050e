import { PolicyKind } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { publishFirst } from './publish-first.ts'
import { listPolicies } from './read-policies.ts'
import { testPublisher } from './testing.ts'
import { acknowledgePolicy } from './told-list.ts'

const test = await testDatabase()
const { place, inside, publish, open, rowsOf, slug } = await testPublisher(test)
const { owner, admin } = place.as
const currents = async () => (await inside((tx) => listPolicies(tx, owner))).documents.map(({ current }) => current)

describe('the first versions of a business that opens', () => {
  it('are not published by whoever may not publish, and no page is empty before', async () => {
    await expect(inside((tx) => publishFirst(tx, admin))).rejects.toMatchObject({ type: 'http/not-allowed' })
    for (const kind of PolicyKind.options) {
      const page = await open(`/legal/${slug}/${kind}?lang=en`)
      expect([kind, page.status, page.text.includes('has not been published as a version yet'), /data-clause=/.test(page.text)]).toEqual([
        kind,
        200,
        true,
        true,
      ])
    }
  })

  it('are published as they are written, once, say so on their pages, and tell nobody', async () => {
    await publish(owner, 'terms', 'minor')
    await inside((tx) => publishFirst(tx, owner))
    await inside((tx) => publishFirst(tx, owner))
    const made = await currents()
    expect(made.map((one) => [one?.kind, one?.version, one?.generated, one?.readAt, one?.telling, one?.noticeUntil])).toEqual(
      PolicyKind.options.map((kind) => [kind, 1, kind !== 'terms', null, null, null]),
    )
    const says = 'wrote this version from its settings and from what it does.'
    expect((await open(`/legal/${slug}/privacy?lang=en`)).text).toContain(says)
    expect((await open(`/legal/${slug}/terms?lang=en`)).text).not.toContain(says)
    expect(await rowsOf('select id from policy_telling')).toEqual([])
    // A version keeps the address of its day; its page leads to the own pages wherever they stand now.
    const { text } = await open(`/legal/${slug}/privacy?lang=en`)
    expect(text).toContain(`<a href="/rights/${slug}`)
    expect(text).not.toContain('href="https://desk.example/rights/')
  })

  it('wait to be read by a member', async () => {
    const [privacy] = await currents()
    await inside((tx) => acknowledgePolicy(tx, owner, privacy?.id ?? ''))
    const [read, next] = await currents()
    expect([read?.readAt, next?.readAt]).toEqual([test.clock().toString(), null])
  })
})
