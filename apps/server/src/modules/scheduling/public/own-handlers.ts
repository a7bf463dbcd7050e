import { EmailAddress } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import type { Limiter, RateLimit } from '../../../platform/http/index.ts'
import { ageGate, portalPath, preferencePath } from '../../privacy/index.ts'
import { businessFacts } from '../business.ts'
import { enterPage } from '../enter-page.ts'
import { requireOpenBusiness } from '../find-service.ts'
import { mailOwnLinks } from '../own-page/mail-own-link.ts'
import { ownBookings } from '../own-page/own-bookings.ts'
import { contactOfLink, openOwnLink } from '../own-page/own-page-link.ts'
import { surroundings } from '../surroundings.ts'
import { withoutTyped } from './address.rules.ts'
import { askAge } from './ask-age.ts'
import { momentIn } from './ask-times.ts'
import { insideBusiness, visitFor } from './booking-handlers.ts'
import { noticing } from './noticing.ts'
import { askLinkPage, ownPage } from './own-page.ts'
import { type PageRequest, requireSlowly, sendPage } from './page-answers.ts'
import { visitOf } from './visit.ts'

/** Links that one network may ask for, and that one address may be sent. */
const askLimit: RateLimit = { name: 'own-link', requests: 20, seconds: 600, shared: true }
const sameAddress = (hash: string): RateLimit => ({ name: `own-link ${hash}`, requests: 3, seconds: 3600, shared: true })

/** `/me/<token>`: all appointments of a customer. */
export async function showOwnPage(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const token = request.params.token ?? ''
  const bearer = openOwnLink(database, token)
  return database.inWorkspace(
    bearer.workspaceId,
    async (tx) => {
      const contact = await contactOfLink(tx, bearer)
      const business = await businessFacts(tx)
      const visit = await noticing(
        tx,
        request.asker,
        visitOf({
          business,
          path: request.path,
          query: withoutTyped(request.query),
          languages: request.languages,
          now: tx.now,
          customer: { tag: contact.locale, zone: contact.zone },
        }),
        request.path,
      )
      const earlierThan = momentIn(request.query.before)
      const { ahead, before, next } = await ownBookings(tx, bearer.by, { contactId: contact.contactId, earlierThan })
      return sendPage(
        reply,
        visit,
        ownPage(tx, visit, {
          name: contact.name,
          ahead,
          before,
          earlier: next === null ? null : visit.link(request.path, { before: next.toString() }),
          first: earlierThan === undefined,
          preferences: preferencePath(tx, contact.contactId),
          rights: `${portalPath(business.slug)}?lang=${visit.locale}`,
          newLink: visit.link(`/b/${business.slug}/me`),
          until: bearer.until,
        }),
      )
    },
    { readOnly: true },
  )
}

/** `/b/<business>/me`: "send me my link". */
export async function showAskLink(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideBusiness(request, async (tx, visit) => {
    await requireOpenBusiness(tx)
    const { state } = await ageGate(tx, request.asker, 'look')
    if (state !== 'open') return askAge(reply, visit, request.path)
    return sendPage(reply, visit, askLinkPage(visit, { email: '', wrong: false, asked: false, mailLeaves: mailLeavesFor(visit.business) }))
  })
}

/** A link that was asked for. The answer is the same whether or not anybody is known. */
export async function takeAskLink(request: PageRequest, reply: FastifyReply, limiter: Limiter): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { workspaceId } = await enterPage(database, request.params.business ?? '')
  const email = EmailAddress.safeParse((request.form.email ?? '').trim())
  const visit = await database.inWorkspace(
    workspaceId,
    async (tx) => {
      await requireOpenBusiness(tx)
      return visitFor(tx, { ...request, query: withoutTyped({ ...request.query, ...request.form }) })
    },
    { readOnly: true },
  )
  const page = { email: request.form.email ?? '', wrong: false, asked: false, mailLeaves: mailLeavesFor(visit.business) }
  if (!email.success) return sendPage(reply, visit, askLinkPage(visit, { ...page, wrong: true }), 422)
  const now = database.clock().epochMilliseconds
  try {
    await requireSlowly(limiter, askLimit, request.ip, now)
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/too-many-requests')
      return sendPage(reply, visit, askLinkPage(visit, { ...page, notice: visit.t('tooMany') }), 429)
    throw error
  }
  // An address that was asked for often gets no further mail; whoever asks is told the same.
  const hash = database.keys.hash(workspaceId, 'eml', email.data.toLowerCase())
  const verdict = await limiter.take(sameAddress(hash), '0.0.0.0', now)
  if (verdict.allowed) await database.inWorkspace(workspaceId, (tx) => mailOwnLinks(tx, email.data))
  return sendPage(reply, visit, askLinkPage(visit, { ...page, asked: true }))
}

const mailLeavesFor = (business: { readonly test: boolean }): boolean => surroundings.get().mailLeaves() && !business.test
