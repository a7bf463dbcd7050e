import formbody from '@fastify/formbody'
import { EmailAddress, type KitKey, kitKeys, maskSensitiveNumbers, type WorkspaceId } from '@frontdesk/contract'
import { type Locale, translator } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Html, html, type Limiter, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { findOrCreateContact, homeCountry, normalizePhone } from '../../contacts/index.ts'
import { localeOf, type PageBusiness, sendPage } from '../pages/page-layout.ts'
import { type LegalFacts, legalFacts } from '../policies/legal-facts.ts'
import { captureNotice } from '../policies/legal-footer.ts'
import { agreeAsVisitor } from './agree-as-visitor.ts'
import { kitSettings, noSuchCounter, readCounterToken, sellerOf } from './consent-kit.ts'
import { counterWords } from './counter.words.ts'
import { fillWording, kitWording, type Seller, sealOf, tickedBeside } from './kit.ts'
import { kitNames } from './kit-names.words.ts'
import { consentSurroundings } from './surroundings.ts'

type Ask = FastifyRequest<{ Params: { token: string }; Querystring: { lang?: string } }>
type Entries = { readonly name: string; readonly phone: string; readonly email: string; readonly keys: readonly KitKey[] }
type Fault = 'name' | 'phone' | 'email' | 'none' | 'changed'
type Counter = {
  readonly legal: LegalFacts
  readonly business: PageBusiness
  readonly seller: Seller
  readonly keys: readonly KitKey[]
  readonly locale: string
}

const pageLimit: RateLimit = { name: 'counter', requests: 120, seconds: 60, shared: true }
/** What one address may have written down: a busy counter, and no more. */
const saveLimit: RateLimit = { name: 'counter-save', requests: 20, seconds: 600, shared: true }
const nothingTyped: Entries = { name: '', phone: '', email: '', keys: [] }

/** The page on a tablet at the counter, or behind the QR code beside it. It works without script. */
export function counterPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => consentSurroundings.get().database)
    scope.get('/agree/:token', (request: Ask, reply) => show(limiter, request, reply))
    scope.post('/agree/:token', (request: Ask, reply) => save(limiter, request, reply))
  })
}

async function enter<T>(
  limiter: Limiter,
  request: Ask,
  limit: RateLimit,
  work: (tx: WorkspaceTx, counter: Counter) => Promise<T>,
): Promise<T | undefined> {
  const { database } = consentSurroundings.get()
  const verdict = await limiter.take(limit, request.ip, database.clock().epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
  try {
    const { workspaceId, code } = readCounterToken(database.keys, request.params.token, database.clock())
    return await database.inWorkspace(workspaceId as WorkspaceId, async (tx) => {
      const settings = await kitSettings(tx)
      if (settings.counterCode !== code) throw noSuchCounter()
      const business = await workspaceFacts(tx)
      const legal = await legalFacts(tx)
      return work(tx, { legal, business, seller: await sellerOf(tx, business), keys: settings.counter, locale: business.locale })
    })
  } catch (error) {
    if (error instanceof Refusal && error.type === 'privacy/link-invalid') return undefined
    throw error
  }
}

async function show(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const counter = await enter(limiter, request, pageLimit, async (_tx, found) => found)
  return counter ? page(request, reply, counter, nothingTyped) : ended(request, reply)
}

async function save(limiter: Limiter, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const locale = localeOf(request)
  const entries = readEntries(form)
  const done = await enter(limiter, request, saveLimit, async (tx, counter) => {
    const asked = entries.keys.filter((key) => counter.keys.includes(key))
    // A tablet may show the page for hours: what was changed meanwhile is shown and read again.
    const keys = asked.filter((key) => tickedBeside(fillWording(key, 'written', counter.seller, locale), form[`agree_${key}`]))
    const fault = keys.length < asked.length ? 'changed' : await faultOf(tx, { ...entries, keys })
    if (fault) return { counter, fault, keys, waiting: [] }
    const by = { kind: 'visitor', workspaceId: tx.workspaceId } as const
    const { contactId, emailPointId, phonePointId } = await findOrCreateContact(tx, by, {
      name: entries.name,
      locale,
      source: 'form',
      ...(entries.email === '' ? {} : { email: entries.email }),
      ...(entries.phone === '' ? {} : { phone: entries.phone }),
    })
    const waiting = await agreeAsVisitor(tx, by, {
      contactId,
      emailPointId,
      phonePointId,
      keys,
      locale,
      how: 'counter',
      signedName: entries.name,
    })
    return { counter, fault: undefined, keys, waiting }
  })
  if (!done) return ended(request, reply)
  if (done.fault) return page(request, reply, done.counter, { ...entries, keys: done.keys }, done.fault)
  const t = translator(counterWords, locale)
  const main = html`<p role="status">${t('done')}</p>${done.waiting.length > 0 && html`<p>${t('mailed')}</p>`}
<p><a href="/agree/${request.params.token}?lang=${locale}">${t('next')}</a></p>`
  return sendPage(reply, { locale, title: t('doneTitle'), business: done.counter.business, main, legal: done.counter.legal })
}

function readEntries(form: Readonly<Record<string, unknown>>): Entries {
  const text = (name: string, most: number) => (typeof form[name] === 'string' ? form[name].trim().slice(0, most) : '')
  return {
    name: maskSensitiveNumbers(text('name', 200)).text,
    phone: text('phone', 32),
    email: text('email', 254),
    keys: kitKeys.filter((key) => typeof form[`agree_${key}`] === 'string' && form[`agree_${key}`] !== ''),
  }
}

async function faultOf(tx: WorkspaceTx, { name, phone, email, keys }: Entries): Promise<Fault | undefined> {
  if (keys.length === 0) return 'none'
  if (name === '') return 'name'
  const byMail = keys.some((key) => kitWording(key).channel === 'email')
  const byPhone = keys.some((key) => kitWording(key).channel !== 'email')
  if ((byPhone || phone !== '') && normalizePhone(phone, await homeCountry(tx)) === undefined) return 'phone'
  if ((byMail || email !== '') && !EmailAddress.safeParse(email).success) return 'email'
  return undefined
}

function page(request: Ask, reply: FastifyReply, counter: Counter, entries: Entries, fault?: Fault): FastifyReply {
  const locale = localeOf(request)
  const t = translator(counterWords, locale)
  const main = counter.keys.length === 0 ? html`<p>${t('nothing')}</p>` : form(request.params.token, locale, counter, entries, fault)
  return sendPage(
    reply,
    {
      locale,
      title: t('title', { business: counter.business.name }),
      business: counter.business,
      main,
      inLanguage: (one) => `/agree/${request.params.token}?lang=${one}`,
      languages: t('languages'),
      legal: counter.legal,
    },
    fault ? 422 : 200,
  )
}

function form(token: string, locale: Locale, { seller, keys, legal }: Counter, entries: Entries, fault: Fault | undefined): Html {
  const t = translator(counterWords, locale)
  const input = (name: 'name' | 'phone' | 'email', type: string, autocomplete: string, hint?: string) =>
    html`<div class="field"><label for="${name}">${t(name)}</label><input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${entries[name]}" maxlength="254"${fault === name && html` aria-invalid="true"`}${hint && html` aria-describedby="${name}-hint"`}>${hint && html`<span class="soft" id="${name}-hint">${hint}</span>`}</div>`
  return html`<p class="soft">${t('intro')}</p>
${fault && html`<p class="fault" role="alert">${t(`fault/${fault}`)}</p>`}
<form method="post" action="/agree/${token}?lang=${locale}" autocomplete="off">
<fieldset><legend>${t('agreed')}</legend>${keys.map((key) => {
    const wording = fillWording(key, 'written', seller, locale)
    return html`<label class="tick"><input type="checkbox" name="agree_${key}" value="${sealOf(wording)}"${entries.keys.includes(key) && html` checked`}> <span><strong>${translator(kitNames, locale)(key)}</strong>${wording.words}</span></label>`
  })}</fieldset>
<p class="soft">${t('one')}</p>
${input('phone', 'tel', 'off')}
${input('email', 'email', 'off')}
${input('name', 'text', 'off', t('nameHint'))}
${captureNotice(legal, 'consent', locale)}<button>${t('send')}</button>
</form>`
}

function ended(request: Ask, reply: FastifyReply): FastifyReply {
  const locale = localeOf(request)
  const t = translator(counterWords, locale)
  return sendPage(reply, { locale, title: t('endedTitle'), main: html`<p>${t('ended')}</p>` }, 410)
}
