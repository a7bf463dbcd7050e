import { useQuery } from '@tanstack/react-query'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { type ContactLaw, contactLawQuery } from './queries.ts'
import { rulesWords } from './words.ts'

/** What the law asks for, place by place, with its sources: own rules can only add to it. */
export function LawSection() {
  const t = useWords(rulesWords)
  const formats = useFormats('UTC')
  const asked = useQuery(contactLawQuery)
  const intro = asked.data && t('lawIntro', { version: asked.data.version, date: formats.date(`${asked.data.asOf}T12:00:00Z`) })
  return (
    <Section title={t('lawTitle')} intro={intro}>
      <Asked asked={asked}>
        {({ rules }) =>
          rules.length === 0 ? (
            <p className="text-sm text-ink-2">{t('lawEmpty')}</p>
          ) : (
            <div className="grid">
              {[...Map.groupBy(rules, ({ place }) => place)].map(([place, ofPlace]) => (
                <Place key={place} place={place} rules={ofPlace} />
              ))}
            </div>
          )
        }
      </Asked>
    </Section>
  )
}

function Place({ place, rules }: { readonly place: string; readonly rules: ContactLaw['rules'] }) {
  const t = useWords(rulesWords)
  const formats = useFormats('UTC')
  return (
    <details className="group border-b border-line last:border-0">
      <summary className="flex min-h-(--control) items-center gap-2 text-sm font-medium">
        <Icon name="chevronRight" className="text-ink-3 transition-transform group-open:rotate-90" />
        <span className="min-w-0 flex-1">{usePlaceName(place) ?? t('everywhere')}</span>
        <span className="text-xs font-normal text-ink-3">{t('lawCount', { count: rules.length })}</span>
      </summary>
      {/* The rules are quoted as the rulebook has them, in English. */}
      <ul className="grid gap-3 ps-6 pt-1 pb-4 text-sm" lang="en">
        {rules.map(({ id, does, law, asOf }) => (
          <li key={id} className="grid gap-0.5">
            <span>{does}</span>
            <span className="text-xs text-ink-3">{t('lawSource', { law, date: formats.date(`${asOf}T12:00:00Z`) })}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** `US` and `US-FL` as the reader knows them; undefined for everywhere. */
function usePlaceName(place: string): string | undefined {
  const { tag } = useReader()
  if (place === '*') return undefined
  const [country = '', region] = place.split('-')
  const name = new Intl.DisplayNames([tag], { type: 'region' }).of(country) ?? country
  return region === undefined ? name : `${name}, ${region}`
}
