import type { Certainty, Place, Rule, Rulebook } from './rulebook.ts'

const certainties: { readonly [C in Certainty]: string } = {
  V: 'primary text read',
  S: 'secondary text read',
  K: 'widely known, not re-read',
  '?': 'uncertain',
}

/** The page `docs/comply/rules.md`: every row of a rulebook with its law, its source and what Frontdesk does. */
export function rulesPage({ version, asOf, rules }: Rulebook): string {
  const places = [...new Set(rules.map(({ place }) => place))].sort(bySize)
  return [
    '# The rules of contact',
    '',
    `Rulebook ${version}; sources read on ${asOf}. **This is not legal advice.** Frontdesk decides by these rows whether a person may be called, texted or written to. Before you rely on them, have counsel`,
    'read them, above all those marked "uncertain". Your workspace may be stricter, never looser. This page is made from the rulebook itself (`packages/contact-rules`).',
    '',
    'What holds everywhere:',
    '',
    '- Replies, news about somebody’s own booking and legal notices wait for no calling hours and no register. Offers, and questions after a visit, do.',
    '- Somebody may be in every zone of her number’s area code and its overlays, of her address, and in the one she told us: all of them must be open.',
    '- A synthesized, cloned or model’s voice is an artificial one. An opt-out works at once, in any clear wording, and stops everything but legal notices as far as it reaches.',
    '- Where a country has no rules here, only a person, mail and chat may reach somebody, and not with offers.',
    '',
    ...places.flatMap((place) =>
      section(
        place,
        rules.filter((rule) => rule.place === place),
      ),
    ),
  ].join('\n')
}

function section(place: Place, rules: readonly Rule[]): readonly string[] {
  return [
    `## ${nameOf(place)}`,
    '',
    '| rule | what Frontdesk does | law | source | as of | certainty |',
    '|---|---|---|---|---|---|',
    ...rules.map(
      (rule) =>
        `| ${[`\`${rule.id}\``, doing(rule), law(rule), rule.source === rule.law ? '–' : rule.source, rule.asOf, certainties[rule.certainty]].map(cell).join(' | ')} |`,
    ),
    '',
  ]
}

const doing = ({ does, strict }: Rule): string => (strict ? `${does} *${strict}*` : does)
const law = ({ law: text, from, to }: Rule): string =>
  `${text}${from === null ? '' : ` (from ${from})`}${to === null ? '' : ` (until ${to})`}`
const cell = (text: string): string => text.replaceAll('|', '\\|')

const countries: { readonly [place: string]: string } = { US: 'United States', CA: 'Canada', '*': 'Everywhere' }
const nameOf = (place: Place): string => countries[place] ?? `${place.slice(3)} (${countries[place.slice(0, 2)]})`
const bySize = (a: Place, b: Place): number => order(a).localeCompare(order(b))
const order = (place: Place): string => (place === '*' ? '3' : place.startsWith('US') ? `1${place}` : `2${place}`)
