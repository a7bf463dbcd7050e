import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { leadSurroundings } from '../../apps/server/src/modules/leads/index.ts'
import { createForm } from '../../apps/server/src/modules/leads/write-form.ts'
import { askGuardian } from '../../apps/server/src/modules/privacy/ages/guardian.ts'
import { consentKit } from '../../apps/server/src/modules/privacy/consents/consent-kit.ts'
import { policySurroundings, preferencePath, registerSurroundings } from '../../apps/server/src/modules/privacy/index.ts'
import { newUsePath } from '../../apps/server/src/modules/privacy/policies/new-use-link.ts'
import { publishPolicy } from '../../apps/server/src/modules/privacy/policies/publish-policy.ts'
import { draftOf } from '../../apps/server/src/modules/privacy/policies/read-policies.ts'
import { inEveryLanguage } from '../../apps/server/src/modules/privacy/policies/testing.ts'
import { planOwnershipChange, tellOfChange } from '../../apps/server/src/modules/privacy/registers/ownership/change-ownership.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { lettersTo } from '../../apps/server/src/platform/mail/letters.testing.ts'
import { type TestSite, testSite } from './site.ts'

const test = await testDatabase()
let site: TestSite
/** The pages on which people write or choose something about themselves, by the path of the form. */
let pages: Readonly<Record<string, string>>

/** Forms that ask nothing of a person: a press, or what belongs to a case that stands above with its notice. */
const asksNothing: Readonly<Record<string, string>> = {
  '/stop/:token': 'A press: the address is in the link.',
  '/stop/:token/undo': 'A press.',
  '/preferences/:token/alone': 'A press on the page of preferences.',
  '/preferences/:token/again': 'A press on the page of preferences.',
  '/preferences/:token/new-link': 'A press: the new link goes to the address on file.',
  '/confirm/:token/new-link': 'A press: the new link goes to the address on file.',
  '/waiting/:token/accept': 'A press, for the wish that its own notice stood beside.',
  '/waiting/:token/pass': 'A press, for the wish that its own notice stood beside.',
  '/waiting/:token/leave': 'A press, for the wish that its own notice stood beside.',
  '/b/:business/:service/hold': 'A time; the notice stands beside the form that follows.',
  '/m/:token/move': 'A time for the booking that its own notice stood beside.',
  '/m/:token/answers': 'Answers about the booking that its own notice stood beside.',
  '/m/:token/cancel': 'A reason for the booking that its own notice stood beside.',
  '/drp/:business/v1/agent/:agentId': 'A signed message of an agent’s program, no page.',
  '/drp/:business/v1/data-rights-request': 'A signed message of an agent’s program, no page.',
  '/contact-imports/:token': 'A member uploads what another provider gave the person.',
  '/rights/status/:token/appeal': 'More of the case that its own notice stood beside.',
  '/rights/status/:token/copy': 'A press.',
  '/rights/status/:token/hand-over': 'More of the case that its own notice stood beside.',
  '/rights/confirm/:token': 'A press, or a signature to the case that its own notice stood beside.',
  '/rights/review/:token': 'An invited reviewer writes about somebody else’s case.',
  '/legal-review/:token': 'An invited reviewer writes about somebody else’s request.',
}

beforeAll(async () => {
  site = await testSite(test)
  const { shop, slug } = site
  const publicUrl = () => 'https://desk.example'
  policySurroundings.provide({ database: test.database, publicUrl, inventory: tableInventories })
  registerSurroundings.provide({ configured: [], publicUrl, inventory: tableInventories, policies: [], neverForKeys: new Set() })
  await site.choose({ 'age.guardian': 'allowed' })
  const contactId = await shop.newContact('reads@home.example')
  await shop.inside(async (tx) => {
    const seal = async () => (await draftOf(tx, 'privacy')).seal
    await publishPolicy(tx, shop.owner, { kind: 'privacy', weight: 'minor', seal: await seal() })
  })
  await shop.inside(async (tx) =>
    publishPolicy(tx, shop.owner, {
      kind: 'privacy',
      weight: 'material',
      seal: (await draftOf(tx, 'privacy')).seal,
      newUse: { key: 'study', says: inEveryLanguage('A study.') },
    }),
  )
  await shop.inside((tx) =>
    askGuardian(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { name: 'Gwen', email: 'gwen@home.example', locale: 'en' }),
  )
  const day = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
  const { id } = await shop.inside((tx) =>
    planOwnershipChange(tx, shop.owner, {
      successor: 'Nine Salons',
      note: 'All stays.',
      noticeDays: 30,
      effectiveOn: day.add({ days: 40 }).toString(),
    }),
  )
  await shop.inside((tx) => tellOfChange(tx, shop.owner, id))
  const kit = await shop.inside((tx) => consentKit(tx, shop.owner, 'en'))
  const agree = new URL(kit.counterUrl).pathname
  // Whoever agrees at the counter with an address confirms it behind a link of her own.
  await site.browser().open(agree, { form: { name: 'Ann Agrees', email: 'agrees@home.example', agree_mail_offers: 'on' } })
  await site.settle()
  const written = await site.rowsOf("select distinct contact_id from mail where audience = 'contact' and contact_id is not null")
  const letters = (await Promise.all(written.map(({ contact_id }) => lettersTo(test, shop.workspaceId, String(contact_id))))).flat()
  const linkIn = (name: string) =>
    letters.map(({ text }) => new RegExp(`https://desk\\.example(/${name}/\\S+)`).exec(text)?.[1]).find((path) => path !== undefined) ?? ''
  leadSurroundings.provide({ publicUrl })
  const form = await shop.inside((tx) => createForm(tx, shop.owner, { name: 'Ask us' }))
  const linked = await shop.inside(async (tx) => ({
    preferences: await preferencePath(tx, contactId),
    use: newUsePath(tx, contactId, 'study'),
  }))
  pages = {
    '/b/:business/:service/details': `${site.service}/details?start=2027-01-05T15:00:00Z`,
    '/b/:business/:service/waitlist': `${site.service}/waitlist`,
    '/b/:business/me': `/b/${slug}/me`,
    '/f/:business/:form': `/f/${slug}/${form.slug}`,
    '/do-not-contact/:slug': `/do-not-contact/${slug}`,
    '/new-use/:token': linked.use,
    '/ownership/:token': linkIn('ownership'),
    '/age/:business': `/age/${slug}`,
    '/age/:business/guardian': `/age/${slug}`,
    '/child/:business': `/child/${slug}`,
    '/guardian/:token': linkIn('guardian'),
    '/confirm/:token': linkIn('confirm'),
    '/agree/:token': agree,
    '/preferences/:token': linked.preferences,
    '/rights/:business': `/rights/${slug}`,
    '/choices/:business': `/choices/${slug}`,
    '/choices/:business/opt-out': `/choices/${slug}`,
  }
  await site.choose({ 'age.scope': 'site' })
}, 60_000)
afterAll(() => site?.stop())

/** Opens the page of a form; the way over a guardian is shown to whoever is too young, booking pages to whoever is not. */
async function look(form: string): Promise<string> {
  const { open } = site.browser()
  if (form === '/age/:business/guardian') return (await open(pages[form] ?? '', { form: { age: '9' } })).text
  if (form.startsWith('/b/') || form === '/f/:business/:form') await open(`/age/${site.slug}`, { form: { age: '40' } })
  return (await open(pages[form] ?? '')).text
}

describe('every form that a person fills in', () => {
  it('is known here, with its page or with why it asks for nothing', () => {
    const known = new Set([...Object.keys(pages), ...Object.keys(asksNothing)])
    expect([...site.forms].filter((form) => !known.has(form)).sort()).toEqual([])
    expect([...known].filter((form) => !site.forms.has(form)).sort()).toEqual([])
  })

  it('says in one sentence what for and where data are kept, and leads to the notice that stands, named with its version [M14] [N10]', async () => {
    for (const form of Object.keys(pages)) {
      const text = await look(form)
      expect(text, form).toContain('<form')
      if (form === '/new-use/:token') {
        // The question is the notice itself, in the words that were published.
        expect(text, form).toContain('A study.')
      } else {
        const beside = /<p class="soft meta capture" data-notice="([^"]+)">([\s\S]*?)<\/p>/.exec(text)
        expect(beside?.[1], form).toBe('privacy-v2')
        expect(beside?.[2], form).toMatch(/ (uses|keeps) /)
        expect(beside?.[2], form).toContain('Your data are kept in the United States.')
        expect(beside?.[2], form).toContain(`/legal/${site.slug}/privacy`)
      }
      expect(text, form).toContain('data-notice="privacy-v2"')
    }
  })
})
