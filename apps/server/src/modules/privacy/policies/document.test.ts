import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PolicyKind, type PrivacySettings, problems } from '@frontdesk/contract'
import { catalogProblems, locales } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { cookieRegister, registerWith } from '../cookies/cookie-register.ts'
import { endsOtherwise, retentionRules } from '../retention/retention-rules.ts'
import { defaultPrivacySettings, privacySettings, settingKeys } from '../settings/settings.ts'
import { behaviours } from './behaviours.ts'
import { cookieStatementWords, cookiesInWords } from './cookie-statement.words.ts'
import { composeDocument } from './document.rules.ts'
import { documents } from './documents.ts'
import { policyWords } from './policy.words.ts'
import type { PolicyFacts } from './policy-facts.ts'
import { policyPageWords } from './policy-page.words.ts'

const root = path.resolve(import.meta.dirname, '../../../../../..')
const facts = (settings: Partial<PrivacySettings> = {}, more: Partial<PolicyFacts> = {}): PolicyFacts => ({
  business: { name: 'Salon Ana', address: '1 Main Street', email: 'ana@salon.example', slug: 'ana' },
  officer: 'Ana',
  site: 'https://desk.example',
  settings: { ...defaultPrivacySettings, ...settings },
  collected: [{ category: 'name', purposes: ['service', 'communication'] }],
  purposes: [{ purpose: 'service', bases: ['contract'] }],
  retention: {
    rules: retentionRules.map(({ rule, criterion, law, days }) => ({ rule, criterion, law, days })),
    otherwise: Object.entries(endsOtherwise).map(([retention, { criterion }]) => ({ retention: retention as never, criterion })),
    confirmed: true,
  },
  processors: [],
  cookies: () => [],
  own: [],
  usualLocale: 'en',
  ...more,
})
const clausesOf = (wish: PolicyFacts, locale = 'en') =>
  PolicyKind.options.flatMap((kind) => composeDocument(kind, wish, locale).sections.flatMap(({ clauses }) => clauses))
const sentence = (settings: Partial<PrivacySettings>, key: string, locale = 'en') =>
  clausesOf(facts(settings), locale).find(({ id }) => id === `is/${key}`)?.text

/** The settings that the documents speak of. */
const spoken = new Set(clausesOf(facts()).flatMap(({ id, rests }) => (id.startsWith('is/') ? [rests] : [])))
/** Every pair of values of two settings, once. */
function* pairs(): Generator<Partial<PrivacySettings>> {
  for (const [index, one] of settingKeys.entries()) {
    for (const other of settingKeys.slice(index + 1))
      for (const a of privacySettings[one].values) for (const b of privacySettings[other].values) yield { [one]: a, [other]: b }
  }
}

describe('the documents', () => {
  it('have no sentence that rests on nothing, whatever two settings are', () => {
    const known = new Set<string>([...Object.keys(behaviours), ...settingKeys])
    let rendered = 0
    for (const settings of pairs()) {
      for (const { id, text, rests } of clausesOf(facts(settings))) {
        if (!known.has(rests) || text === '' || /[{}]/.test(text)) throw new Error(`${id} rests on ${rests}: ${text}`)
      }
      rendered += 1
    }
    expect(rendered).toBeGreaterThan(1000)
  })

  it('rest on behaviours with a test that is there', () => {
    expect(Object.entries(behaviours).filter(([, file]) => !existsSync(path.join(root, file)))).toEqual([])
  })

  it.each(locales)('say something else for each value of a setting, in %s', (locale) => {
    for (const key of settingKeys) {
      if (!spoken.has(key)) continue
      const texts = privacySettings[key].values.map((value) => sentence({ [key]: value }, key, locale))
      expect(new Set(texts).size, key).toBe(texts.length)
    }
  })

  it('say how Do Not Track and Global Privacy Control are answered, as the setting has it [J16]', () => {
    expect(sentence({ 'signals.dnt': 'ignore' }, 'signals.dnt')).toContain('changes nothing')
    expect(sentence({ 'signals.dnt': 'honor' }, 'signals.dnt')).toContain('counts as your no')
    expect(sentence({ 'signals.gpc': 'honor' }, 'signals.gpc')).toContain('wherever you live')
    expect(sentence({ 'signals.gpc': 'ignore' }, 'signals.gpc')).toContain('only where a law says so')
  })

  it('speak of every setting that is heeded and concerns the people outside, and of none that waits', () => {
    const heeded = settingKeys.filter((key) => privacySettings[key].waitsFor === null && privacySettings[key].values.length > 0)
    expect(heeded.filter((key) => !spoken.has(key))).toEqual([])
    expect([...spoken].filter((key) => !heeded.includes(key as never))).toEqual([])
  })

  it('name each country that accounts are for', () => {
    expect(sentence({ 'geo.mode': 'custom_list', 'geo.signup_allow': ['US', 'MX'] }, 'geo.mode')).toContain('United States and Mexico')
  })

  it('put a short line beside each section, and say that the section counts where they differ [N8]', () => {
    for (const kind of PolicyKind.options) {
      const { precedence, sections } = composeDocument(kind, facts(), 'en')
      expect(precedence).toMatch(/the section counts/)
      for (const { highlight, title } of sections) expect(highlight.length, title).toBeGreaterThan(0)
    }
  })

  it('list on the page on retention every rule and every other ending there is, and nothing else [R7]', () => {
    const clauses = composeDocument('retention', facts(), 'en').sections.flatMap((section) => section.clauses)
    const named = clauses.map(({ id }) => id).filter((id) => /^(rule|ends)\//.test(id))
    expect(named).toEqual([...retentionRules.map(({ rule }) => `rule/${rule}`), ...Object.keys(endsOtherwise).map((one) => `ends/${one}`)])
    for (const { rule, days, law } of retentionRules) {
      const text = clauses.find(({ id }) => id === `rule/${rule}`)?.text ?? ''
      expect(text).toContain(`${days.toLocaleString('en')} days`)
      if (law) expect(text).toContain(law.source)
    }
  })

  it('say nobody sells, unless others advertise by setting, and name whoever helps', () => {
    expect(sentence({}, 'sharing.third_party_marketing')).toContain('Nobody else')
    const helped = clausesOf(
      facts({}, { processors: [{ name: 'Post <Ltd>', receives: ['name'], policyUrl: 'https://post.example/privacy' }] }),
    )
    expect(helped.map(({ text }) => text)).toContain('Post <Ltd> (https://post.example/privacy): Your name.')
  })

  it('list every cookie of the register, what it is for and how long it stays, and no other', () => {
    const tag = { provider: 'Counter Inc', class: 'statistics' as const, cookies: [{ name: '_counter', days: 30 }] }
    const said = cookiesInWords(registerWith([tag as never]), 'en')
    expect(new Set(said.map(({ cookie }) => cookie))).toEqual(new Set([...cookieRegister.map(({ name }) => name), '_counter']))
    expect(said.find(({ cookie }) => cookie === '_counter')).toMatchObject({
      cookieFor: 'Set by Counter Inc once you agreed.',
      cookieLasts: 'For 30 days.',
    })
    // Each of ours says what it is for; a new one needs its words.
    expect(said.filter(({ cookie, cookieFor }) => cookie !== '_counter' && cookieFor.startsWith('Set by'))).toEqual([])
  })

  it('take the own words of the business, in the reader’s language or in the usual one', () => {
    const own = [{ section: 'terms/book', locale: 'en', text: 'Deposits are kept.' }]
    const inSection = (locale: string) =>
      composeDocument('terms', facts({}, { own }), locale).sections.find(({ id }) => id === 'terms/book')?.own
    expect(inSection('en')).toEqual(['Deposits are kept.'])
    expect(inSection('fr')).toEqual(['Deposits are kept.'])
  })

  it('have all their words in three languages', () => {
    expect(catalogProblems(policyWords)).toEqual([])
    expect(catalogProblems(policyPageWords)).toEqual([])
    expect(catalogProblems(cookieStatementWords)).toEqual([])
    expect(Object.keys(documents)).toEqual(PolicyKind.options)
  })

  it('promise no absolute security, and neither does any screen or mail [L9]', () => {
    const texts = globSync(['apps/*/src/**/*.words*.ts', 'apps/web/src/locales/**/*.ts', 'apps/server/src/**/*words.ts'], { cwd: root })
    expect(texts.length).toBeGreaterThan(60)
    const promises =
      /(100\s?%|absolute(ly)?|perfectly|totally|completely|fully|guaranteed?)\s+(safe|secure|security|protect)|(cannot|can never|impossible to) be (hacked|breached|stolen)|unhackable|totalmente segur|100\s?% segur|garantizamos la seguridad|absolument sûr|entièrement sécuris|sécurité (absolue|totale|garantie)|seguridad (absoluta|total|garantizada)/iu
    const found = texts.filter((file) => promises.test(readFileSync(path.join(root, file), 'utf8')))
    expect(found).toEqual([])
    expect(Object.values(problems).filter(({ title }) => promises.test(title))).toEqual([])
    for (const locale of locales) expect(clausesOf(facts(), locale).some(({ id }) => id === 'privacy/security/limits')).toBe(true)
  })
})
