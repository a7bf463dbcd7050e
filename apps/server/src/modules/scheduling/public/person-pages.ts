import type { FastifyReply } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Html, html } from '../../../platform/http/index.ts'
import { ageGate } from '../../privacy/index.ts'
import { requireOpenBusiness } from '../find-service.ts'
import { askAge } from './ask-age.ts'
import { type BookablePerson, bookablePeople, personIn } from './bookable-people.ts'
import { insideBusiness } from './booking-handlers.ts'
import { icon } from './icons.ts'
import { stepLine } from './layout.ts'
import { priceOf } from './list-page.ts'
import { type PageRequest, seeOther, sendPage } from './page-answers.ts'

/** Where a person's page stands. */
export const personPath = (business: string, { slug }: Pick<BookablePerson, 'slug'>): string => `/b/${business}/with/${slug}`

/** `/b/<business>/with`: everybody whom one may choose. One alone is shown at once. */
export async function showTeam(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideBusiness(request, async (tx, visit) => {
    await requireOpenBusiness(tx)
    const { state } = await ageGate(tx, request.asker, 'look')
    if (state !== 'open') return askAge(reply, visit, request.path)
    const people = await bookablePeople(tx)
    const [only, ...others] = people
    if (!only) return seeOther(reply, visit.link(`/b/${visit.business.slug}`))
    if (others.length === 0) return seeOther(reply, visit.link(personPath(visit.business.slug, only)))
    const { t, business } = visit
    return sendPage(reply, visit, {
      title: t('team'),
      main: html`${stepLine(visit, 'service')}<div class="body"><div><h1>${t('team')}</h1><p class="soft">${t('teamText')}</p></div>
<ul class="offers">${people.map(
        (person) =>
          html`<li><a href="${visit.link(personPath(business.slug, person))}">${initials(person)}<span class="grow"><b>${person.name}</b><span class="meta clamp">${person.services.map(({ name }) => name).join(' · ')}</span></span>${icon('later', 'i flip')}</a></li>`,
      )}</ul></div>`,
    })
  })
}

/** `/b/<business>/with/<person>`: what can be booked with one person. */
export async function showPerson(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideBusiness(request, async (tx, visit) => {
    await requireOpenBusiness(tx)
    const person = personIn(await bookablePeople(tx), request.params.person)
    if (!person) throw new Refusal('http/not-found', { detail: 'Nobody can be booked at this address.' })
    const { state } = await ageGate(tx, request.asker, 'look')
    if (state !== 'open') return askAge(reply, visit, request.path)
    const { t, f, business } = visit
    return sendPage(reply, visit, {
      title: t('bookWith', { name: person.name }),
      main: html`${stepLine(visit, 'service')}<div class="body"><div class="row">${initials(person)}<h1>${t('bookWith', { name: person.name })}</h1></div>
<ul class="offers">${person.services.map(
        (service) =>
          html`<li><a href="${visit.link(`/b/${business.slug}/${service.slug}`, { with: person.slug })}"><span class="grow"><b>${service.name}</b><span class="meta">${f.durationInWords(service.duration_minutes)}</span>${service.description && html`<span class="meta clamp">${service.description}</span>`}</span><span class="tn">${priceOf(visit, service)}</span>${icon('later', 'i flip')}</a></li>`,
      )}</ul><p><a href="${visit.link(`/b/${business.slug}`)}">${t('allServices')}</a></p></div>`,
    })
  })
}

const initials = ({ name }: BookablePerson): Html =>
  html`<span class="initials" aria-hidden="true">${name
    .trim()
    .split(/\s+/)
    .filter((part) => !part.endsWith('.'))
    .map((part) => [...part][0] ?? '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase()}</span>`
