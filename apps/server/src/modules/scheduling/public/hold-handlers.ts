import type { FastifyReply } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import type { Limiter, RateLimit } from '../../../platform/http/index.ts'
import { ageGate } from '../../privacy/index.ts'
import { enterPage } from '../enter-page.ts'
import { serviceBySlug } from '../find-service.ts'
import { isSlotRefusal } from '../offer-alternatives.ts'
import { keepTime } from '../page-holds/page-holds.ts'
import { surroundings } from '../surroundings.ts'
import { askAge } from './ask-age.ts'
import { momentIn, staffIn } from './ask-times.ts'
import { visitFor } from './booking-handlers.ts'
import { type PageRequest, requireSlowly, seeOther } from './page-answers.ts'

/** Times that one address can have kept: a waiting room behind one connection stays below it, and nobody empties a calendar by it. */
const keepLimit: RateLimit = { name: 'page-hold', requests: 60, seconds: 600, shared: true }

/** `POST /b/<business>/<service>/hold`: a time was chosen. It is kept, and the form follows; where it cannot be kept for her, the form follows all the same. */
export async function takeHold(request: PageRequest, reply: FastifyReply, limiter: Limiter): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { form } = request
  const visitor = await enterPage(database, request.params.business ?? '')
  const start = momentIn(form.start)
  const staffId = staffIn(form.staff)
  const { visit, service, age } = await database.inWorkspace(
    visitor.workspaceId,
    async (tx) => ({
      service: await serviceBySlug(tx, request.params.service ?? ''),
      visit: await visitFor(tx, { ...request, query: form }),
      age: await ageGate(tx, request.asker, 'book'),
    }),
    { readOnly: true },
  )
  const base = `/b/${visit.business.slug}/${service.slug}`
  if (age.state !== 'open') return askAge(reply, visit, base)
  if (!start) return seeOther(reply, visit.link(base, { staff: staffId }))
  const details = (hold?: string) => seeOther(reply, visit.link(`${base}/details`, { staff: staffId, start: start.toString(), hold }))
  try {
    await requireSlowly(limiter, keepLimit, request.ip, database.clock().epochMilliseconds)
    return details(
      await database.inWorkspace(visitor.workspaceId, (tx) => keepTime(tx, visitor.by, { service, start, staffId, instead: form.hold })),
    )
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/too-many-requests') return details()
    if (!isSlotRefusal(error)) throw error
    const date = start.toZonedDateTimeISO(visit.zone).toPlainDate().toString()
    return seeOther(reply, visit.link(base, { staff: staffId, date, lost: start.toString() }))
  }
}
