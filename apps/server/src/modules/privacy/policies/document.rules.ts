import type { PolicyKind, PolicySection, PrivacySettings } from '@frontdesk/contract'
import { documents, type Part, type SectionPlan, type SpokenSetting } from './documents.ts'
import { type PolicyTranslator, policyTranslator } from './policy.words.ts'
import type { PolicyDocument, PolicyFacts } from './policy-facts.ts'
import { factTranslator } from './policy-facts.words.ts'

/** Writes a document from the settings and facts. Each clause says what it rests on. */
export function composeDocument(kind: PolicyKind, facts: PolicyFacts, tag: string): PolicyDocument {
  const t = policyTranslator(tag)
  const words: Sayings = { t, vars: varsOf(facts, tag), tag, facts }
  return {
    kind,
    locale: t.locale,
    title: t(`kind/${kind}`),
    precedence: t('precedence'),
    sections: documents[kind].map((plan) => sectionOf(plan, words)),
  }
}

type Sayings = { readonly t: PolicyTranslator; readonly vars: Vars; readonly tag: string; readonly facts: PolicyFacts }
/** Every value that a sentence can name. */
type Vars = ReturnType<typeof varsOf>

function varsOf({ business, officer, site, settings }: PolicyFacts, tag: string) {
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const page = (path: string) => `${site}${path}`
  return {
    business: business.name,
    address: (business.address ?? '').replaceAll(/\s*\n\s*/g, ', '),
    email: business.email ?? '',
    officer: officer ?? '',
    countries: list.format(settings['geo.signup_allow'].map((code) => names.of(code) ?? code)),
    rightsPage: page(`/rights/${business.slug}`),
    stopPage: page(`/do-not-contact/${business.slug}`),
    privacyPage: page(`/legal/${business.slug}/privacy`),
    cookiesPage: page(`/legal/${business.slug}/cookies`),
    retentionPage: page(`/legal/${business.slug}/retention`),
    processor: '',
    receives: '',
    category: '',
    purposes: '',
    purpose: '',
    bases: '',
    rule: '',
    criterion: '',
    ends: '',
    law: '',
    source: '',
    asOf: '',
    count: 0,
    cookie: '',
    cookieClass: '',
    cookieFor: '',
    cookieLasts: '',
  }
}

function sectionOf(plan: SectionPlan, words: Sayings): PolicySection {
  const { t, vars, facts } = words
  const inLocale = (locale: string) => facts.own.filter((one) => one.section === plan.id && one.locale === locale).map(({ text }) => text)
  const own = inLocale(t.locale)
  return {
    id: plan.id,
    title: t(plan.title, vars),
    highlight: t(plan.short, vars),
    clauses: plan.parts.flatMap((part) => clausesOf(part, words)),
    own: own.length > 0 ? own : inLocale(facts.usualLocale),
  }
}

type Clause = PolicySection['clauses'][number]

function clausesOf(part: Part, words: Sayings): readonly Clause[] {
  const { t, vars, facts, tag } = words
  if ('setting' in part) {
    const { setting } = part
    const value = facts.settings[setting]
    return [{ id: `is/${setting}`, text: t(settingWord(setting, value), vars), rests: setting }]
  }
  if ('say' in part) {
    if (part.when && !part.when(facts)) return []
    return [{ id: part.say, text: t(part.say, vars), rests: part.rests }]
  }
  const say = factTranslator(tag)
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  switch (part.list) {
    case 'categories':
      return facts.collected.map(({ category, purposes }) => ({
        id: `category/${category}`,
        text: t('privacy/what/category', {
          ...vars,
          category: say(`category/${category}`),
          purposes: list.format(purposes.map((one) => say(`purpose/${one}`))),
        }),
        rests: 'inventory',
      }))
    case 'purposes':
      return facts.purposes.map(({ purpose, bases }) => ({
        id: `purpose/${purpose}`,
        text: t('privacy/why/purpose', {
          ...vars,
          purpose: capital(say(`purpose/${purpose}`), tag),
          bases: list.format(bases.map((one) => say(`basis/${one}`))),
        }),
        rests: 'inventory',
      }))
    case 'rules':
      return facts.retention.rules.map(({ rule, days, criterion, law }) => ({
        id: `rule/${rule}`,
        text: [
          t('retention/rules/rule', { ...vars, rule: say(`rule/${rule}`), count: days, criterion: say(`criterion/${criterion}`) }),
          ...(law ? [t('retention/rules/law', { ...vars, law: law.name, source: law.source, asOf: law.asOf })] : []),
        ].join(' '),
        rests: 'retention.nights',
      }))
    case 'endings':
      return facts.retention.otherwise.map(({ retention, criterion }) => ({
        id: `ends/${retention}`,
        text: `${t('retention/other/end', { ...vars, category: say(`keeps/${retention}`), ends: say(`ends/${retention}`) })} ${say(`criterion/${criterion}`)}`,
        rests: 'retention.nights',
      }))
    case 'processors':
      return facts.processors.map(({ name, receives, policyUrl }) => ({
        id: `processor/${name}`,
        text: t('privacy/sharing/processor', {
          ...vars,
          processor: policyUrl === null ? name : `${name} (${policyUrl})`,
          receives: list.format(receives.map((one) => say(`category/${one}`))),
        }),
        rests: 'processors',
      }))
    case 'cookies':
      return facts.cookies(tag).map((cookie) => ({
        id: `cookie/${cookie.cookie}`,
        text: t('cookies/what/cookie', { ...vars, ...cookie }).trim(),
        rests: 'cookies.register',
      }))
  }
}

/** The setting's sentence for a value; the text of a list stands in another setting's sentence. */
function settingWord<Key extends SpokenSetting>(setting: Key, value: PrivacySettings[Key]): SettingWord {
  return `is/${setting}/${value}` as SettingWord
}

const capital = (text: string, tag: string) => text.charAt(0).toLocaleUpperCase(tag) + text.slice(1)

type SettingWord = Extract<Parameters<PolicyTranslator>[0], `is/${string}`>
