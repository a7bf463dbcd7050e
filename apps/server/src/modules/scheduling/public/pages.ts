import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { openLimiter, publicLimit, type RateLimit } from '../../../platform/http/index.ts'
import { giveFeed } from '../calendars/give-feed.ts'
import { embedScript } from '../embed/embed-script.ts'
import { linkLimit } from '../public-routes.ts'
import { surroundings } from '../surroundings.ts'
import { saveAnswers, showAnswers } from './answers-page.ts'
import { type AssetName, asset, assetNames } from './assets.ts'
import { showBrand, showDetails, showList, showLogo, showTimes, takeBooking } from './booking-handlers.ts'
import { takeHold } from './hold-handlers.ts'
import { cancelByLink, giveCalendar, moveByLink, showBooking, showCancel, showMove } from './link-handlers.ts'
import { showAskLink, showOwnPage, takeAskLink } from './own-handlers.ts'
import { answerRefusals, type PageRequest, pageRequest, requireSlowly } from './page-answers.ts'
import { showPerson, showTeam } from './person-pages.ts'
import { showPreview } from './preview-page.ts'
import { acceptByLink, leaveByLink, passByLink, showWaiting } from './waiting-handlers.ts'
import { showWaitlist, takeWaiting } from './waitlist-handlers.ts'

/** Answers one page. */
export type PageHandler = (request: PageRequest, reply: FastifyReply) => Promise<FastifyReply>

/** A form of ours is small. */
const FORM_LIMIT = 64_000

/**
 * The pages a customer sees, outside of the API: complete without script, framed by the sites that the business names. `/b/<business>` and `/b/<business>/<service>` to book, `/m/<token>` to see,
 * move or cancel. Looking changes nothing; every change is a form that was sent.
 */
export async function publicPages(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: FORM_LIMIT })
    answerRefusals(scope)
    const limiter = openLimiter(() => surroundings.get().database)

    const handle =
      (handler: PageHandler, limit: RateLimit | undefined) => async (request: Parameters<typeof pageRequest>[0], reply: FastifyReply) => {
        const { database, publicUrl } = surroundings.get()
        const page = pageRequest(request, publicUrl())
        if (limit) await requireSlowly(limiter, limit, page.ip, database.clock().epochMilliseconds)
        return handler(page, reply)
      }
    const show = (url: string, handler: PageHandler) => scope.get(url, handle(handler, publicLimit))
    const open = (url: string, handler: PageHandler) => scope.get(url, handle(handler, linkLimit))
    const take = (url: string, handler: PageHandler) => scope.post(url, { bodyLimit: FORM_LIMIT }, handle(handler, linkLimit))

    show('/b/:business', showList)
    show('/b/:business/brand.css', showBrand)
    show('/b/:business/logo/:file', showLogo)
    show('/b/:business/me', showAskLink)
    scope.post(
      '/b/:business/me',
      { bodyLimit: FORM_LIMIT },
      handle((request, reply) => takeAskLink(request, reply, limiter), undefined),
    )
    open('/me/:token', showOwnPage)
    show('/b/:business/with', showTeam)
    show('/b/:business/with/:person', showPerson)
    show('/b/:business/:service', showTimes)
    show('/b/:business/:service/details', showDetails)
    // Counts by itself, so that what was typed is not lost to the limit.
    scope.post(
      '/b/:business/:service/details',
      { bodyLimit: FORM_LIMIT },
      handle((request, reply) => takeBooking(request, reply, limiter), undefined),
    )
    show('/b/:business/:service/waitlist', showWaitlist)
    scope.post(
      '/b/:business/:service/waitlist',
      { bodyLimit: FORM_LIMIT },
      handle((request, reply) => takeWaiting(request, reply, limiter), undefined),
    )
    open('/waiting/:token', showWaiting)
    take('/waiting/:token/accept', acceptByLink)
    take('/waiting/:token/pass', passByLink)
    take('/waiting/:token/leave', leaveByLink)
    scope.post(
      '/b/:business/:service/hold',
      { bodyLimit: FORM_LIMIT },
      handle((request, reply) => takeHold(request, reply, limiter), undefined),
    )
    open('/m/:token', showBooking)
    open('/m/:token/calendar.ics', giveCalendar)
    open('/feeds/:token/calendar.ics', giveFeed)
    open('/m/:token/move', showMove)
    take('/m/:token/move', moveByLink)
    open('/m/:token/answers', showAnswers)
    take('/m/:token/answers', saveAnswers)
    open('/m/:token/cancel', showCancel)
    take('/m/:token/cancel', cancelByLink)

    scope.get(embedScript.path, (_request, reply) => sendEmbed(reply, 'public, max-age=31536000, immutable'))
    scope.get(embedScript.newest, (_request, reply) => sendEmbed(reply, 'public, max-age=3600, stale-while-revalidate=86400'))
    show('/embed/preview/:business', showPreview)

    for (const name of assetNames) scope.get(`/b-files/:version/${name}`, (_request, reply) => sendAsset(reply, name))
  })
}

/** The script for other sites: readable from everywhere, so that they can check its hash. */
function sendEmbed(reply: FastifyReply, caching: string): FastifyReply {
  return reply
    .header('content-type', 'text/javascript; charset=utf-8')
    .header('cache-control', caching)
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-allow-origin', '*')
    .send(embedScript.body)
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
