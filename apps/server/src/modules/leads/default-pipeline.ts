import { builtInQuestions, type ScoreCondition } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { pipelineWords } from './pipeline.words.ts'

const ANSWER_POINTS = 20
const OTHER_POINTS = 10
const RECENT_DAYS = 14

/**
 * The pipeline that new leads go to; made when somebody first looks, so that every business has it, in its own language, however and whenever the business itself was made. Of two who
 * look at once one makes it.
 */
export async function defaultPipelineId(tx: WorkspaceTx): Promise<string> {
  const known = await findDefault(tx)
  if (known !== undefined) return known
  const { locale } = await workspaceFacts(tx)
  const t = translator(pipelineWords, locale)
  const id = await addPipeline(tx, { name: t('name'), isDefault: true })
  if (id !== undefined) return id
  const other = await findDefault(tx)
  if (other === undefined) throw new Error('The first pipeline of a business vanished while it was made.')
  return other
}

const findDefault = async (tx: WorkspaceTx): Promise<string | undefined> =>
  (
    await tx.db
      .selectFrom('pipeline')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('is_default', '=', true)
      .executeTakeFirst()
  )?.id

/** Makes a pipeline with the usual stages, reasons, questions and rules, in the business's language; undefined where another one is the default already. */
export async function addPipeline(
  tx: WorkspaceTx,
  { name, isDefault }: { readonly name: string; readonly isDefault: boolean },
): Promise<string | undefined> {
  const { locale } = await workspaceFacts(tx)
  const t = translator(pipelineWords, locale)
  const mine = { workspace_id: tx.workspaceId, created_at: tx.now, archived_at: null }
  const others = await tx.db
    .selectFrom('pipeline')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  const made = await tx.db
    .insertInto('pipeline')
    .values({ ...mine, id: tx.newId(), version: 1, name, is_default: isDefault, position: Number(others.count) })
    .onConflict((conflict) => conflict.column('workspace_id').where(sql<boolean>`is_default`).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  const ofIt = { ...mine, pipeline_id: made.id }
  const stages = [
    { name: t('new'), kind: 'open', probability: 10 },
    { name: t('contacted'), kind: 'open', probability: 30 },
    { name: t('offered'), kind: 'open', probability: 60 },
    { name: t('won'), kind: 'won', probability: 100 },
    { name: t('lost'), kind: 'lost', probability: 0 },
  ] as const
  await tx.db
    .insertInto('stage')
    .values(stages.map((stage, position) => ({ ...ofIt, ...stage, id: tx.newId(), position })))
    .execute()
  const reasons = [t('price'), t('elsewhere'), t('silent'), t('unfit'), t('later')]
  await tx.db
    .insertInto('lost_reason')
    .values(reasons.map((label, position) => ({ ...ofIt, label, id: tx.newId(), position })))
    .execute()
  const questions = builtInQuestions.map((key, position) => ({ ...ofIt, id: tx.newId(), key, label: null, position }))
  await tx.db.insertInto('lead_question').values(questions).execute()
  const rules: { when: ScoreCondition; points: number }[] = [
    ...questions.map(({ id }) => ({ when: { kind: 'answer' as const, questionId: id as string }, points: ANSWER_POINTS })),
    { when: { kind: 'next_step' }, points: OTHER_POINTS },
    { when: { kind: 'recency', days: RECENT_DAYS }, points: OTHER_POINTS },
  ]
  await tx.db
    .insertInto('score_rule')
    .values(
      rules.map(({ when, points }, position) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        pipeline_id: made.id,
        condition: JSON.stringify(when),
        points,
        position,
      })),
    )
    .execute()
  return made.id
}
