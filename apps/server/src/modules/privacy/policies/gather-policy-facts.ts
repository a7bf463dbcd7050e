import type { OwnParagraph, PolicyKind } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Category, LegalBasis, PersonalField, Purpose, Retention, TableInventory } from '../../../platform/inventory/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { registerWith } from '../cookies/cookie-register.ts'
import { liveTags } from '../cookies/page-tags.ts'
import { listProcessors } from '../registers/processors.ts'
import { purposeGrounds } from '../registers/purposes.ts'
import { privacyOffice } from '../requests/office.ts'
import { endsOtherwise, retentionRules } from '../retention/retention-rules.ts'
import { retentionSetting } from '../retention/retention-setting.ts'
import { newestSettings } from '../settings/read-privacy-settings.ts'
import { cookiesInWords } from './cookie-statement.words.ts'
import type { Basis, PolicyFacts } from './policy-facts.ts'
import { policySurroundings } from './surroundings.ts'

/** The facts, and the settings they were read from. */
export type GatheredFacts = { readonly facts: PolicyFacts; readonly settingsVersion: number; readonly paragraphs: OwnParagraphs }
export type OwnParagraphs = { readonly version: number; readonly paragraphs: readonly OwnParagraph[] }

/** Everything that a document of this business is made from, as it is now. */
export async function gatherPolicyFacts(tx: WorkspaceTx, kind: PolicyKind): Promise<GatheredFacts> {
  const { inventory, publicUrl } = policySurroundings.get()
  const business = await workspaceFacts(tx)
  const { officer } = await privacyOffice(tx)
  const { settings, version } = await newestSettings(tx)
  const { days, confirmedAt } = await retentionSetting(tx)
  const paragraphs = await ownParagraphs(tx, kind)
  const fields = fieldsOfContacts(inventory)
  const processors = await listProcessors(tx)
  const register = registerWith(await liveTags(tx))
  return {
    settingsVersion: version,
    paragraphs,
    facts: {
      business,
      officer: officer?.name ?? null,
      site: publicUrl(),
      settings,
      collected: collectedOf(fields),
      purposes: purposesOf(fields),
      retention: {
        rules: retentionRules.map(({ rule, criterion, law }) => ({ rule, criterion, law, days: days[rule] })),
        otherwise: Object.entries(endsOtherwise).map(([retention, { criterion }]) => ({ retention: retention as Retention, criterion })),
        confirmed: confirmedAt !== null,
      },
      processors: processors
        .filter(({ stopped, state }) => stopped === null && state !== 'ended')
        .map(({ name, categories, policyUrl }) => ({ name, receives: categories, policyUrl })),
      cookies: (tag) => cookiesInWords(register, tag),
      own: paragraphs.paragraphs,
      usualLocale: chooseLocale([business.locale]),
    },
  }
}

/** What the business adds to a document, with its version. */
export async function ownParagraphs(tx: WorkspaceTx, kind: PolicyKind): Promise<OwnParagraphs> {
  const row = await tx.db
    .selectFrom('policy_paragraphs')
    .select(['version', 'paragraphs'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return { version: row?.version ?? 1, paragraphs: row?.paragraphs ?? [] }
}

/** Every field in which data of contacts can stand. */
function fieldsOfContacts(inventory: readonly TableInventory[]): readonly PersonalField[] {
  return inventory
    .filter(({ subjects }) => subjects.some(({ root }) => root === 'contact'))
    .flatMap(({ columns }) => Object.values(columns).filter((field) => field.kind === 'personal'))
}

function collectedOf(fields: readonly PersonalField[]): PolicyFacts['collected'] {
  const found = new Map<Category, Set<Purpose>>()
  for (const { category, purpose } of fields) found.set(category, (found.get(category) ?? new Set()).add(purpose))
  return [...found]
    .map(([category, purposes]) => ({ category, purposes: [...purposes].toSorted() }))
    .toSorted(byName(({ category }) => category))
}

function purposesOf(fields: readonly PersonalField[]): PolicyFacts['purposes'] {
  const found = new Map<Purpose, Set<Basis>>()
  for (const { purpose, basis } of fields) {
    const bases = found.get(purpose) ?? new Set()
    for (const one of basesOf(purpose, basis)) bases.add(one)
    found.set(purpose, bases)
  }
  return [...found].map(([purpose, bases]) => ({ purpose, bases: [...bases].toSorted() })).toSorted(byName(({ purpose }) => purpose))
}

/** Where the operator processes on the instruction of the business, the business has a ground of its own towards its contacts. */
function basesOf(purpose: Purpose, basis: LegalBasis): readonly Basis[] {
  const ground = basis === 'workspace_instruction' ? purposeGrounds[purpose].basis : basis
  return ground === 'workspace_instruction' ? [] : [ground]
}

const byName =
  <T>(name: (one: T) => string) =>
  (a: T, b: T): number =>
    name(a) < name(b) ? -1 : 1
