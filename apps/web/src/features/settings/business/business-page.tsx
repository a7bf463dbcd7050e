import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { forgetDraft } from '../../../lib/draft.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useMergedEdit } from '../../../lib/use-merged-edit.ts'
import { Form, type FormState, useForm } from '../../../ui/form.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank, looksLikeEmail } from '../../accounts/checks.ts'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { BusinessFields } from './business-fields.tsx'
import { type BusinessField, type BusinessValues, businessBody, businessValues, looksLikeSlug, looksLikeWebsite } from './business-form.ts'
import { EditsMet } from './edits-met.tsx'
import { type Workspace, workspaceQuery } from './queries.ts'
import { SaveBar } from './save-bar.tsx'
import { showWorkspace } from './show-workspace.ts'
import { businessWords } from './words.ts'

/** What the business is called, how it looks, where it is and how it is reached. */
export function BusinessPage() {
  const shared = useWords(settingsWords)
  const asked = useQuery(workspaceQuery)
  // A new round begins with what was just saved; what somebody else saves meanwhile must not move the form under the hands.
  const [round, setRound] = useState(0)
  return (
    <SettingsPane title={shared('page/business')}>
      <Asked asked={asked} lines={12}>
        {(workspace) => <BusinessForm key={round} workspace={workspace} onSaved={() => setRound(round + 1)} />}
      </Asked>
    </SettingsPane>
  )
}

function BusinessForm({ workspace, onSaved }: { readonly workspace: Workspace; readonly onSaved: () => void }) {
  const t = useWords(businessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const navigate = useNavigate()
  const [start] = useState(workspace)
  const draft = `workspace.${start.id}`
  const edit = useMergedEdit<BusinessValues>({
    start: { values: businessValues(start), version: start.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...workspaceQuery, staleTime: 0 })
      return { values: businessValues(current), version: current.version }
    },
    save: async (values, fields, version) => {
      const answer = await call('PATCH /workspace', { body: businessBody(values, fields), version })
      showWorkspace(queries, answer)
      if (answer.slug !== start.slug)
        await navigate({ to: '/w/$workspace/settings/business', params: { workspace: answer.slug }, replace: true })
      forgetDraft(draft)
      notices.show({ tone: 'ok', text: shared('saved') })
      onSaved()
    },
  })
  const form: FormState<BusinessValues> = useForm<BusinessValues>({
    start: businessValues(start),
    draft,
    check: (values) => ({
      name: isBlank(values.name) ? shared('needed') : undefined,
      slug: looksLikeSlug(values.slug) ? undefined : t('slugWrong'),
      email: isBlank(values.email) || looksLikeEmail(values.email) ? undefined : shared('emailWrong'),
      website: looksLikeWebsite(values.website) ? undefined : t('websiteWrong'),
    }),
    send: (values) => edit.send(values, form.set),
    beside: { 'accounts/slug-taken': 'slug' },
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const label = (field: BusinessField) => t(field)
  return (
    <Form form={form} label={shared('page/business')}>
      <div className="grid min-w-0">
        <BusinessFields form={form} workspace={workspace} present={start.slug} />
        <SaveBar changed={edit.isChanged(form.values)} sending={form.sending} restored={form.restored} onDiscard={form.reset}>
          {edit.merged && (
            <EditsMet<BusinessValues>
              merged={edit.merged}
              unsaved={edit.isChanged(form.values)}
              values={form.values}
              onChoose={form.set}
              labelOf={label}
              shown={(_, value) => (typeof value === 'string' ? value : value ? '✓' : '–')}
            />
          )}
        </SaveBar>
      </div>
    </Form>
  )
}
