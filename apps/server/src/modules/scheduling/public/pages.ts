import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { openLimiter, publicLimit, type RateLimit } from '../../../platform/http/index.ts'
import { giveFeed } from '../calendars/give-feed.ts'
import { linkLimit } from '../public-routes.ts'
import { surroundings } from '../surroundings.ts'
import { saveAnswers, showAnswers } from './answers-page.ts'
import { type AssetName, asset, assetNames } from './assets.ts'
import { showBrand, showDetails, showList, showLogo, showTimes, takeBooking } from './booking-handlers.ts'
import { cancelByLink, giveCalendar, moveByLink, showBooking, showCancel, showMove } from './link-handlers.ts'
import { answerRefusals, type PageRequest, pageRequest, requireSlowly } from './page-answers.ts'
import { acceptByLink, leaveByLink, passByLink, showWaiting } from './waiting-handlers.ts'
import { showWaitlist, takeWaiting } from './waitlist-handlers.ts'

/** Answers one page. */
export type PageHandler = (request: PageRequest, reply: FastifyReply) => Promise<FastifyReply>

/** A form of ours is small. */
const FORM_LIMIT = 64_000

/**
 * The pages a customer sees, outside of the API: complete without script, framed by any site. `/b/<business>` and `/b/<business>/<service>` to book, `/m/<token>` to see,
 * move or cancel. Looking changes nothing; every change is a form that was sent.
 */
export async function publicPages(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: FORM_LIMIT })
    answerRefusals(scope)
    const limiter = openLimiter(() => surroundings.get().database)
    const embeddable = { config: { page: 'embeddable' as const } }

    const handle =
      (handler: PageHandler, limit: RateLimit | undefined) => async (request: Parameters<typeof pageRequest>[0], reply: FastifyReply) => {
        const { database, publicUrl } = surroundings.get()
        const page = pageRequest(request, publicUrl())
        if (limit) await requireSlowly(limiter, limit, page.ip, database.clock().epochMilliseconds)
        return handler(page, reply)
      }
    const show = (url: string, handler: PageHandler) => scope.get(url, embeddable, handle(handler, publicLimit))
    const open = (url: string, handler: PageHandler) => scope.get(url, embeddable, handle(handler, linkLimit))
    const take = (url: string, handler: PageHandler) =>
      scope.post(url, { ...embeddable, bodyLimit: FORM_LIMIT }, handle(handler, linkLimit))

    show('/b/:business', showList)
    show('/b/:business/brand.css', showBrand)
    show('/b/:business/logo/:file', showLogo)
    show('/b/:business/:service', showTimes)
    show('/b/:business/:service/details', showDetails)
    // Counts by itself, so that what was typed is not lost to the limit.
    scope.post(
      '/b/:business/:service/details',
      { ...embeddable, bodyLimit: FORM_LIMIT },
      handle((request, reply) => takeBooking(request, reply, limiter), undefined),
    )
    show('/b/:business/:service/waitlist', showWaitlist)
    scope.post(
      '/b/:business/:service/waitlist',
      { ...embeddable, bodyLimit: FORM_LIMIT },
      handle((request, reply) => takeWaiting(request, reply, limiter), undefined),
    )
    open('/waiting/:token', showWaiting)
    take('/waiting/:token/accept', acceptByLink)
    take('/waiting/:token/pass', passByLink)
    take('/waiting/:token/leave', leaveByLink)
    open('/m/:token', showBooking)
    open('/m/:token/calendar.ics', giveCalendar)
    open('/feeds/:token/calendar.ics', giveFeed)
    open('/m/:token/move', showMove)
    take('/m/:token/move', moveByLink)
    open('/m/:token/answers', showAnswers)
    take('/m/:token/answers', saveAnswers)
    open('/m/:token/cancel', showCancel)
    take('/m/:token/cancel', cancelByLink)

    for (const name of assetNames) scope.get(`/b-files/:version/${name}`, embeddable, (_request, reply) => sendAsset(reply, name))
  })
}

function sendAsset(reply: FastifyReply, name: AssetName): FastifyReply {
  const { body, type } = asset(name)
  return reply
    .header('content-type', type)
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-allow-origin', '*')
    .send(body)
}
