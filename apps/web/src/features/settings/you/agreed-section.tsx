import { useQuery } from '@tanstack/react-query'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { Section } from '../../../ui/section.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { Asked } from '../settings-pane.tsx'
import { accountWords } from './account-words.ts'
import { type Agreement, agreementsQuery } from './queries.ts'

const ways = ['sign_up', 'invitation', 'google', 'facebook'] as const

/** What she accepted and agreed to with her account: version, way, time, and the hash that shows which text it was. */
export function AgreedSection() {
  const t = useWords(accountWords)
  const asked = useQuery(agreementsQuery)
  return (
    <Section title={t('agreedTitle')} intro={t('agreedIntro')}>
      <Asked asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-sm text-ink-2">{t('agreedNone')}</p>
          ) : (
            <ul className="grid divide-y divide-line" aria-label={t('agreedTitle')}>
              {items.map((item) => (
                <Row key={`${item.document} ${item.destination ?? ''}`} item={item} />
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  )
}

function Row({ item }: { readonly item: Agreement }) {
  const t = useWords(accountWords)
  const formats = useFormats()
  const { locale, tag } = useReader()
  const { document, version, destination, path, words, sha256 } = item
  const country = destination === null ? '' : (new Intl.DisplayNames([tag], { type: 'region' }).of(destination) ?? destination)
  const way = ways.find((one) => one === item.method) ?? 'sign_up'
  return (
    <li className="grid gap-1 py-2 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{document === 'transfer' ? t('agreed/transfer', { country }) : t(`agreed/${document}`)}</span>
        <span className="text-ink-2">
          {version === null ? t('agreedUnpublished') : t('agreedVersion', { version: String(version) })} ·{' '}
          {t('agreedWhen', { date: formats.dateTime(item.acceptedAt), way: t(`way/${way}`) })}
        </span>
        {path && (
          <a
            href={`${path}?lang=${locale}`}
            target="_blank"
            rel="noopener"
            className={linkLook}
            aria-label={`${t('agreedRead')}: ${t(`agreed/${document === 'transfer' ? 'terms' : document}`)}`}
          >
            {t('agreedRead')}
          </a>
        )}
      </div>
      {words && (
        <>
          <p lang={item.locale}>{words}</p>
          <p className="text-ink-2">{t('agreedBack')}</p>
        </>
      )}
      <p className="text-xs wrap-anywhere text-ink-3">
        {t('agreedHash')}: <code>{sha256}</code>
      </p>
    </li>
  )
}
