import type { IntakeQuestion } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { html } from '../../../platform/http/index.ts'
import { bookingOfBearer, openBookingLink } from '../booking-link.ts'
import { answersOf, changeAnswers } from '../intake/answers.ts'
import { readAnswers } from '../intake/intake.rules.ts'
import { questionsOf } from '../intake/questions.ts'
import { surroundings } from '../surroundings.ts'
import { answersOpen } from './answers-part.ts'
import { behindLink, refusedChange } from './behind-link.ts'
import { icon } from './icons.ts'
import { type AnswerError, answerErrors, answersIn, intakeFields, type TypedAnswers } from './intake-fields.ts'
import { carriedFields, type Page } from './layout.ts'
import { type PageRequest, seeOther, sendPage } from './page-answers.ts'
import type { Visit } from './visit.ts'

/** `/m/<token>/answers`: the questions with what was answered. */
export async function showAnswers(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return behindLink(request, async ({ tx, visit, facts, path }) => {
    const questions = await questionsOf(tx, facts.service.id)
    if (questions.length === 0 || !answersOpen(facts.booking, tx.now)) return seeOther(reply, visit.link(path))
    const items = await answersOf(tx, facts.booking.thread_id)
    const typed = Object.fromEntries(items.flatMap(({ questionId, answer }) => (questionId === null ? [] : [[questionId, answer]])))
    return sendPage(reply, visit, answersPage(visit, { path, questions, typed, errors: [] }))
  })
}

/** Answers that were sent. What cannot be taken is shown again, with everything that was typed. */
export async function saveAnswers(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const asked = { ...request, query: request.form }
  const bearer = await openBookingLink(database, request.params.token ?? '')
  const questions = await database.inWorkspace(
    bearer.workspaceId,
    async (tx) => questionsOf(tx, (await bookingOfBearer(tx, bearer.by)).service_id),
    { readOnly: true },
  )
  const typed = answersIn(request.form, questions)
  const errors = answerErrors(questions, readAnswers(questions, typed, true).faults)
  if (errors.length > 0)
    return behindLink(asked, async ({ visit, path }) => sendPage(reply, visit, answersPage(visit, { path, questions, typed, errors }), 422))
  try {
    await database.inWorkspace(bearer.workspaceId, async (tx) => {
      const { id } = await bookingOfBearer(tx, bearer.by)
      await changeAnswers(tx, bearer.by, { bookingId: id, answers: typed })
    })
  } catch (error) {
    return refusedChange(asked, reply, error)
  }
  return behindLink(asked, async ({ visit, path }) => seeOther(reply, visit.link(path, { just: 'answered' })))
}

type AnswersFacts = {
  readonly path: string
  readonly questions: readonly IntakeQuestion[]
  readonly typed: TypedAnswers
  readonly errors: readonly AnswerError[]
}

function answersPage(visit: Visit, { path, questions, typed, errors }: AnswersFacts): Page {
  const { t } = visit
  return {
    title: errors.length > 0 ? `${t('error')}: ${t('changeAnswers')}` : t('changeAnswers'),
    isPrivate: true,
    main: html`<form class="body" method="post" action="${path}/answers" novalidate data-once="${t('saving')}"><h1>${t('changeAnswers')}</h1>${carriedFields(visit)}
${
  errors.length > 0 &&
  html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${t('errorTitle', { count: errors.length })}</h2>
<ul>${errors.map((error) => html`<li><a href="#${error.field}"><bdi>${error.about}</bdi> ${t(error.word)}</a></li>`)}</ul></div></div>`
}
${intakeFields(visit, { questions, typed, errors })}
<div class="two choice"><button class="btn solid lg">${t('saveAnswers')}</button><a class="btn lg" href="${visit.link(path)}">${t('leaveAnswers')}</a></div></form>`,
  }
}
