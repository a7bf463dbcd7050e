import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { agesWords } from '../privacy/ages/words.ts'
import { rightsWords } from '../privacy/erasure/words.ts'
import { mayMerge } from './merge/may-merge.ts'
import { duplicatesWords } from './merge/words.ts'
import { type Contact, contactQuery } from './queries.ts'
import { contactsWords } from './words.ts'

/** Merging, what a person has a right to, and what was learned of her, each a dialog of its own. */
export type RightsAct = 'merge' | 'export' | 'recipients' | 'rectify' | 'erase' | 'restrict' | 'age' | 'place'

/** Who carries out rights: what an erasure does cannot be undone. */
const mayCarryOut = ['owner', 'privacy_officer']
/** Who corrects, and takes down what was learned. */
export const mayCorrect: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']

export type ContactMenuProps = { readonly contact: Contact; readonly onEdit: () => void; readonly onRight: (act: RightsAct) => void }

/** What is done with somebody now and then: edit, put away, bring back, merge, what she has a right to, and what was learned of her. */
export function ContactMenu({ contact, onEdit, onRight }: ContactMenuProps) {
  const t = useWords(contactsWords)
  const tr = useWords(rightsWords)
  const ta = useWords(agesWords)
  const td = useWords(duplicatesWords)
  const { role } = useWorkspace()
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const params = { contactId: contact.id }
  useCommands(
    mayCorrect.includes(role)
      ? [
          { label: ta('age'), group: ta('known'), icon: 'flag', run: () => onRight('age') },
          { label: ta('place'), group: ta('known'), icon: 'globe', run: () => onRight('place') },
        ]
      : [],
  )
  const send = async (name: 'DELETE /contacts/{contactId}' | 'POST /contacts/{contactId}/restore') => {
    const answer = await call(name, { params })
    queries.setQueryData(contactQuery(contact.id).queryKey, answer)
    void queries.invalidateQueries({ queryKey: ['contacts'] })
  }
  const archive = async () => {
    try {
      await send('DELETE /contacts/{contactId}')
      notices.show({ text: t('archivedDone', { name: contact.name }), undo: () => send('POST /contacts/{contactId}/restore') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const restore = async () => {
    try {
      await send('POST /contacts/{contactId}/restore')
      notices.show({ tone: 'ok', text: t('restoredDone', { name: contact.name }) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  return (
    <Menu trigger={<IconButton name={t('more')} icon="more" tip="none" />}>
      <MenuItem icon="edit" onSelect={onEdit}>
        {t('edit')}
      </MenuItem>
      {contact.archivedAt ? (
        <MenuItem icon="undo" onSelect={() => void restore()}>
          {t('restore')}
        </MenuItem>
      ) : (
        <MenuItem icon="archive" onSelect={() => void archive()}>
          {t('archive')}
        </MenuItem>
      )}
      {mayMerge.includes(role) && (
        <MenuItem icon="users" onSelect={() => onRight('merge')}>
          {td('mergeWith')}
        </MenuItem>
      )}
      {mayCorrect.includes(role) && <MenuSeparator />}
      {mayCorrect.includes(role) && <MenuLabel>{tr('rights')}</MenuLabel>}
      {mayCorrect.includes(role) && (
        <MenuItem icon="check" onSelect={() => onRight('rectify')}>
          {tr('rectify')}
        </MenuItem>
      )}
      {mayCarryOut.includes(role) && (
        <>
          <MenuItem icon="download" onSelect={() => onRight('export')}>
            {tr('export')}
          </MenuItem>
          <MenuItem icon="share" onSelect={() => onRight('recipients')}>
            {tr('recipients')}
          </MenuItem>
          <MenuItem icon="ban" onSelect={() => onRight('restrict')}>
            {tr('restrict')}
          </MenuItem>
          <MenuItem icon="trash" onSelect={() => onRight('erase')}>
            {tr('erase')}
          </MenuItem>
        </>
      )}
      {mayCorrect.includes(role) && (
        <>
          <MenuSeparator />
          <MenuLabel>{ta('known')}</MenuLabel>
          <MenuItem icon="flag" onSelect={() => onRight('age')}>
            {ta('age')}
          </MenuItem>
          <MenuItem icon="globe" onSelect={() => onRight('place')}>
            {ta('place')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
