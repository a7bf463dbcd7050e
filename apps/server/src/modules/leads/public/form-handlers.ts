import type { HoldReason } from '@frontdesk/contract'
import { Locale } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { Limiter, RateLimit } from '../../../platform/http/index.ts'
import { fieldsInUse, homeCountry, normalizePhone } from '../../contacts/index.ts'
import { ageGate, agePath, noteSignals, pageWordings } from '../../privacy/index.ts'
import {
  businessFacts,
  enterPage,
  noticing,
  type PageRequest,
  requireSlowly,
  seeOther,
  sendPage,
  surroundings,
  type Visit,
  visitOf,
} from '../../scheduling/index.ts'
import { type Entry, type EntryFault, givenFromPage, type OwnField, readEntry } from '../form.rules.ts'
import type { FormRow, KeptTick } from '../form.tables.ts'
import { formToken, readFormToken } from '../form-token.ts'
import { reasonsToHold } from '../held.rules.ts'
import { formBySlug, formPath } from '../read-forms.ts'
import { submitForm, timesSent } from '../submit-form.ts'
import { closedPage, type FormPageFacts, formPage, formTranslator, labelsIn, thanksPage } from './form-page.ts'

/** A request for a form, with the page that led there. */
export type FormRequest = PageRequest & { readonly cameFrom: string | undefined }

type Ground = {
  readonly visit: Visit
  readonly form: Selectable<FormRow>
  readonly path: string
  readonly own: readonly OwnField[]
  readonly asked: readonly { readonly key: KeptTick['key']; readonly words: string; readonly seal: string }[]
  readonly age: Awaited<ReturnType<typeof ageGate>>
  readonly country: string | null
  /** The sign for a page that is served now. */
  readonly fresh: string
}

/** What one network may send to one form: a class behind one connection stays below it. */
const mostOf = (formId: string): RateLimit => ({ name: `form ${formId}`, requests: 40, seconds: 600, shared: true })
/** Above this, what comes is held back for a person to look at. */
const manyOf = (formId: string): RateLimit => ({ name: `form-many ${formId}`, requests: 10, seconds: 600, shared: true })

/** `/f/<business>/<form>`: the form, or the thanks once it was sent. */
export async function showForm(request: FormRequest, reply: FastifyReply): Promise<FastifyReply> {
  return inForm(request, request.query, async (_tx, ground) => {
    const { visit, form, path, age } = ground
    const embedded = request.query.embed === '1'
    if (form.archived_at !== null) return sendPage(reply, visit, closedPage(visit, embedded), 410)
    if (age.state !== 'open') return seeOther(reply, agePath(visit.business.slug, visit.link(path)))
    if (request.query.done === '1')
      return sendPage(reply, visit, thanksPage(visit, { form, path, embedded, mayConfirm: form.consents.length > 0 }))
    const facts: FormPageFacts = {
      ...pageFacts(ground),
      typed: {},
      faults: [],
      token: ground.fresh,
      came: pageOutside(request.cameFrom, request.origin) ?? '',
      campaign: campaignIn(request.query),
      embedded,
    }
    return sendPage(reply, visit, formPage(visit, facts))
  })
}

/** A form that was sent. Whatever is not right shows it again with everything that was typed; nobody is refused for being fast, slow, or suspicious. */
export async function takeForm(request: FormRequest, reply: FastifyReply, limiter: Limiter): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { form: typed } = request
  const ground = await inForm(request, typed, async (_tx, found) => found)
  const { visit, form, path, age } = ground
  const embedded = typed.embed === '1'
  if (form.archived_at !== null) return sendPage(reply, visit, closedPage(visit, embedded), 410)
  if (age.state !== 'open') return seeOther(reply, agePath(visit.business.slug, visit.link(path)))
  const t = formTranslator(visit.tag)
  const now = database.clock()
  const token = readFormToken(database.keys, typed.token, form.id, now)
  const plain = typed.token === undefined
  const came = pageOutside(plain ? request.cameFrom : typed.came, request.origin)
  const campaign = plain ? campaignIn(typed) : (typed.campaign ?? '').slice(0, 200)
  const again = (status: number, more: Partial<FormPageFacts>) =>
    sendPage(
      reply,
      visit,
      formPage(visit, {
        ...pageFacts(ground),
        asked: ground.asked.map((one) => ({ ...one, ticked: typed[`agree_${one.key}`] === one.seal })),
        typed,
        faults: [],
        // Whoever was fast keeps the page she has, so that it is in time by the next press.
        token: token.state === 'good' || token.state === 'early' ? (typed.token ?? '') : ground.fresh,
        came: came ?? '',
        campaign,
        embedded,
        ...more,
      }),
      status,
    )
  const slowly = (limit: RateLimit) => requireSlowly(limiter, limit, request.ip, now.epochMilliseconds)
  if (!(await isAllowed(() => slowly(mostOf(form.id))))) return again(429, { notice: t('tooMany') })

  const locale = Locale.safeParse(visit.tag).success ? visit.tag : visit.locale
  const read = readEntry(
    {
      fields: form.fields,
      own: ground.own,
      dialled: (phone) => normalizePhone(phone, ground.country),
      labelOf: labelsIn(visit.tag, ground.own),
    },
    givenFromPage(form.fields, ground.own, typed),
  )
  if (!read.ok) return again(422, { faults: read.faults })
  const ticks = ground.asked.flatMap(({ key, seal }): (KeptTick & { readonly stale: boolean })[] => {
    const value = typed[`agree_${key}`]
    return value === undefined || value === '' ? [] : [{ key, seal, stale: value !== seal }]
  })
  if (ticks.some(({ stale }) => stale)) return again(422, { notice: t('wordsChanged') })
  const welcome = token.state === 'good' || (plain && form.plain_html)
  if (!welcome) return again(422, { notice: t('pressAgain') })

  const flooding = !(await isAllowed(() => slowly(manyOf(form.id))))
  const tokenId = token.state === 'good' ? token.id : null
  try {
    await database.inWorkspace(visit.business.id, async (tx) => {
      const by = { kind: 'visitor', workspaceId: tx.workspaceId } as const
      const reasons = reasonsFor(read.entry, {
        trapped: (typed.website ?? '') !== '',
        flooding,
        sameToken: tokenId === null ? 0 : await timesSent(tx, tokenId),
      })
      const sent = await submitForm(tx, by, {
        form,
        entry: read.entry,
        agreed: ticks.map(({ key, seal }) => ({ key, seal })),
        reasons,
        locale,
        zone: visit.zoneIsKnown ? visit.zone : null,
        via: plain ? 'plain' : 'page',
        cameFrom: came ?? null,
        campaign: campaign === '' ? null : campaign,
        tokenId,
      })
      if (sent.state === 'taken' && sent.contact_id !== null)
        await noteSignals(tx, request.asker, { contactId: sent.contact_id, seenOn: 'form' })
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.type === 'contacts/not-a-phone-number') return again(422, { faults: [phoneFault(form)] })
    if (error.type === 'privacy/place-not-served') return again(451, { notice: t('notServed') })
    throw error
  }
  return seeOther(reply, visit.link(path, { done: '1', embed: embedded ? '1' : undefined }))
}

async function isAllowed(take: () => Promise<void>): Promise<boolean> {
  try {
    await take()
    return true
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/too-many-requests') return false
    throw error
  }
}

const reasonsFor = (
  { name, answers }: Entry,
  facts: { readonly trapped: boolean; readonly flooding: boolean; readonly sameToken: number },
): readonly HoldReason[] => reasonsToHold({ ...facts, name, texts: answers.map(({ text }) => text) })

function phoneFault(form: Selectable<FormRow>): EntryFault {
  return { key: form.fields.find(({ kind }) => kind === 'phone')?.key ?? 'phone', code: 'wrong', message: '' }
}

const pageFacts = ({ form, path, own, asked, age }: Ground) => ({
  path,
  form,
  own,
  asked: asked.map((one) => ({ ...one, ticked: false })),
  age: age.statement,
})

async function inForm<T>(
  request: FormRequest,
  query: Readonly<Record<string, string>>,
  work: (tx: WorkspaceTx, ground: Ground) => Promise<T>,
): Promise<T> {
  const { database } = surroundings.get()
  const { workspaceId } = await enterPage(database, request.params.business ?? '')
  return database.inWorkspace(
    workspaceId,
    async (tx) => {
      const form = await formBySlug(tx, request.params.form ?? '')
      const business = await businessFacts(tx)
      const path = formPath(business.slug, form.slug)
      const { path: shown, languages } = request
      const visit = await noticing(
        tx,
        request.asker,
        visitOf({
          business,
          path: shown,
          query: Object.fromEntries(Object.entries(query).filter(([name]) => ['lang', 'zone', 'embed'].includes(name))),
          languages,
          now: tx.now,
          ...(form.locale === null ? {} : { customer: { tag: form.locale, zone: null } }),
        }),
        path,
      )
      const asks = (kind: string) => form.fields.some((field) => field.kind === kind)
      const wordings = await pageWordings(tx, form.consents, visit.locale)
      return work(tx, {
        visit,
        form,
        path,
        own: (await fieldsInUse(tx)).filter(({ key }) => form.fields.some((field) => field.kind === 'own' && field.key === key)),
        asked: wordings.filter(({ channel }) => asks(channel === 'email' ? 'email' : 'phone')),
        age: await ageGate(tx, request.asker, 'book'),
        country: await homeCountry(tx),
        fresh: formToken(tx.keys, { workspaceId: tx.workspaceId, formId: form.id, id: tx.newId() }, tx.now),
      })
    },
    { readOnly: true },
  )
}

/** The page of another site that led here, without its query; undefined for our own. */
function pageOutside(address: string | undefined, origin: string): string | undefined {
  if (address === undefined || address === '') return undefined
  try {
    const url = new URL(address)
    if (!['http:', 'https:'].includes(url.protocol) || url.origin === origin) return undefined
    return `${url.origin}${url.pathname}`.slice(0, 300)
  } catch {
    return undefined
  }
}

/** What a link of a campaign says about itself: source, medium and name. */
const campaignIn = (query: Readonly<Record<string, string>>): string =>
  ['utm_source', 'utm_medium', 'utm_campaign']
    .flatMap((name) => (query[name] ? [query[name].replace(/\s+/g, ' ').trim()] : []))
    .join(' / ')
    .slice(0, 200)
