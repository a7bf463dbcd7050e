import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../words.ts'
import type { MethodProps } from './method-props.ts'
import { PasskeyRow } from './passkey-row.tsx'
import { methodsQuery } from './queries.ts'
import { youWords } from './words.ts'

/** Passkeys: one for each device or key ring, by the names they were given. */
export function PasskeySection({ methods, confirmed }: MethodProps) {
  const t = useWords(youWords)
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('passkeyTitle')} intro={t('passkeyIntro')}>
      {methods.passkeys.length > 0 && (
        <ul className="grid divide-y divide-line" aria-label={t('passkeyTitle')}>
          {methods.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} confirmed={confirmed} />
          ))}
        </ul>
      )}
      {open ? (
        <NewPasskey confirmed={confirmed} onDone={() => setOpen(false)} />
      ) : (
        <span>
          <Button icon="passkey" onClick={() => setOpen(true)}>
            {t('passkeyAdd')}
          </Button>
        </span>
      )}
    </Section>
  )
}

const reasons = { present: 'passkeyPresent', cancelled: 'passkeyCancelled', unsupported: 'passkeyUnsupported' } as const

function NewPasskey({ confirmed, onDone }: Pick<MethodProps, 'confirmed'> & { readonly onDone: () => void }) {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const [said, setSaid] = useState<string>()
  const told = useRef(false)
  const form = useForm({
    start: { name: '' },
    check: ({ name }) => ({ name: isBlank(name) ? shared('needed') : undefined }),
    send: async ({ name }) => {
      setSaid(undefined)
      told.current = false
      const { addPasskey, passkeysWork } = await import('./add-passkey.ts')
      const added = passkeysWork() ? await addPasskey(name.trim(), confirmed) : 'unsupported'
      if (typeof added === 'string') {
        const why = t(reasons[added])
        setSaid(why)
        told.current = true
        // Nothing was added, so the form keeps what was typed.
        throw new Error(why)
      }
      await queries.invalidateQueries(methodsQuery)
      notices.show({ tone: 'ok', text: t('passkeyAdded', { name: added.name }) })
      onDone()
    },
    onRefusal: ({ slug }) => told.current || slug === 'accounts/reauthentication-required',
  })
  return (
    <Form form={form} label={t('passkeyAdd')}>
      <div className="grid max-w-104 gap-4">
        <TextField label={t('passkeyName')} hint={t('passkeyNameHint')} maxLength={60} autoFocus {...form.field('name')} />
        {said && (
          <Note tone="wait" role="alert">
            {said}
          </Note>
        )}
        <FormProblem />
        <span className="flex flex-wrap gap-2">
          <Button variant="solid" type="submit" busy={form.sending}>
            {t('passkeyMake')}
          </Button>
          <Button onClick={onDone}>{shared('cancel')}</Button>
        </span>
      </div>
    </Form>
  )
}
