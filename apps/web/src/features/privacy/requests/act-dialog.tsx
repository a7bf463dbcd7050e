import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { ActFields } from './act-fields.tsx'
import { type ActValues, plainActs, sendAct, settlesObjection, startValues, writtenActs } from './act-values.ts'
import { type RequestAct, type RequestCase, requestQuery, templatesQuery } from './queries.ts'
import { RectifySheet } from './rectify-sheet.tsx'
import { requestWords } from './words.ts'

type Props = { readonly act: RequestAct; readonly found: RequestCase; readonly label: string; readonly onClose: () => void }

/** Letters that begin with a template in the language of whoever asked. */
const templateOf: Partial<Record<RequestAct, 'answer' | 'refusal' | 'extension' | 'resolution'>> = {
  answer: 'answer',
  erase: 'answer',
  refuse: 'refusal',
  extend: 'extension',
  resolve: 'resolution',
}

/** Asks what one act on a case needs, and does it. */
export function ActDialog(props: Props) {
  const template = templateOf[props.act]
  const asked = useQuery({ ...templatesQuery(props.found.id), enabled: template !== undefined })
  if (props.act === 'rectify') return <RectifySheet found={props.found} onClose={props.onClose} />
  if (template && !asked.data && !asked.isError)
    return (
      <Dialog open onOpenChange={props.onClose} title={props.label}>
        <TextSkeleton lines={5} />
      </Dialog>
    )
  return <Asking {...props} letter={template ? (asked.data?.[template] ?? '') : ''} />
}

function Asking({ act, found, label, letter, onClose }: Props & { readonly letter: string }) {
  const t = useWords(requestWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const id = useId()
  const form = useForm<ActValues>({
    start: startValues(found, letter),
    ...(writtenActs.includes(act) ? { draft: `request-${found.id}-${act}`, secret: ['sure', 'never'] } : {}),
    check: (values) => ({
      text: writtenActs.includes(act) && isBlank(values.text) ? shared('needed') : undefined,
      evidence: act === 'verify' && values.how === 'guardian' && isBlank(values.evidence) ? shared('needed') : undefined,
      endpoint: act === 'hand_over' && !isAddress(values.endpoint) ? t('endpointWrong') : undefined,
      name: act === 'invite_reviewer' && isBlank(values.name) ? shared('needed') : undefined,
      email: act === 'invite_reviewer' && !values.email.includes('@') ? shared('emailWrong') : undefined,
      ends: settlesObjection(act, found, values) && values.ends.length === 0 ? t('endsNeeded') : undefined,
      sure: act === 'erase' && !values.sure ? shared('needed') : undefined,
    }),
    send: async (values, key) => {
      const changed = await sendAct(act, found, values, key)
      queries.setQueryData(requestQuery(changed.id).queryKey, changed)
      void queries.invalidateQueries({ queryKey: ['requests', 'list'] })
      notices.show({ tone: 'ok', text: t('done') })
      onClose()
      if (changed.id === found.id) return
      void queries.invalidateQueries({ queryKey: requestQuery(found.id).queryKey })
      void navigate({ to: '/w/$workspace/privacy/requests/$requestId', params: { workspace: slug, requestId: changed.id } })
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size={act === 'erase' ? 'lg' : writtenActs.includes(act) ? 'md' : 'sm'}
      title={label}
      description={describes(act) ? t(`text/${act}`) : undefined}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant={act === 'erase' ? 'danger' : 'solid'} type="submit" form={id} busy={form.sending}>
            {label}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={label}>
        <ActFields act={act} found={found} form={form} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}

const isAddress = (text: string): boolean => /^https:\/\/[^\s/]+/.test(text.trim())

const describes = (act: RequestAct): act is Exclude<RequestAct, 'resume' | 'copy' | 'close'> => !plainActs.includes(act)
