import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import type { OwnField } from '../../contacts/fields/queries.ts'
import { type FormLine, nameOfLine } from './field-lines.tsx'
import { formsWords } from './words.ts'

/** The page of a form as it will be, while it is being written. It is a picture: nothing in it takes the focus. */
export function FormPreview({
  heading,
  intro,
  button,
  fields,
  own,
  consents,
}: {
  readonly heading: string
  readonly intro: string
  readonly button: string
  readonly fields: readonly FormLine[]
  readonly own: readonly OwnField[]
  readonly consents: readonly { readonly key: string; readonly words: string }[]
}) {
  const t = useWords(formsWords)
  const { name } = useWorkspace()
  return (
    <aside aria-label={t('preview')} className="min-w-0 p-4 two:sticky two:top-0">
      <h2 className="text-sm font-medium">{t('preview')}</h2>
      <p className="mb-3 text-sm text-ink-2">{t('previewNote')}</p>
      <div data-preview className="grid min-w-0 gap-4 rounded-lg border border-line bg-sunken p-5">
        <p className="text-lg font-strong wrap-anywhere">{heading.trim() === '' ? t('writeTo', { business: name }) : heading}</p>
        {intro.trim() !== '' && <p className="text-sm whitespace-pre-line text-ink-2 wrap-anywhere">{intro}</p>}
        {fields.map((line) => {
          const facts = line.kind === 'own' ? own.find(({ key }) => key === line.fieldKey) : undefined
          const boxes =
            facts?.type === 'yes_no'
              ? [nameOfLine(t, line, own)]
              : facts?.type === 'choices'
                ? facts.choices.filter(({ archived }) => !archived).map(({ label }) => label)
                : undefined
          return (
            <div key={line.key} className="grid min-w-0 gap-1 text-sm">
              {facts?.type !== 'yes_no' && (
                <span className="font-medium wrap-anywhere">
                  {nameOfLine(t, line, own)}
                  {!line.required && line.kind !== 'name' && <span className="font-normal text-ink-3"> {t('optional')}</span>}
                </span>
              )}
              {boxes ? (
                boxes.map((label) => <Box key={label} label={label} />)
              ) : (
                <span
                  aria-hidden
                  className={`block rounded-md border border-line-strong bg-surface ${line.kind === 'message' ? 'h-20' : 'h-9'}`}
                />
              )}
              {line.help.trim() !== '' && <span className="text-ink-2 wrap-anywhere">{line.help}</span>}
            </div>
          )
        })}
        {consents.map(({ key, words }) => (
          <Box key={key} label={words} />
        ))}
        <span className="block rounded-md bg-solid px-3 py-2 text-center text-sm font-medium text-on-solid wrap-anywhere">
          {button.trim() === '' ? t('send') : button}
        </span>
      </div>
    </aside>
  )
}

const Box = ({ label }: { readonly label: string }) => (
  <span className="flex min-w-0 items-start gap-2 text-sm">
    <span aria-hidden className="mt-0.5 size-4 shrink-0 rounded-sm border border-line-strong bg-surface" />
    <span className="min-w-0 wrap-anywhere">{label}</span>
  </span>
)
