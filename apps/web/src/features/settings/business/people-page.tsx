import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { AccessRulesSection } from './access-rules-section.tsx'
import { accessWords } from './access-words.ts'
import { InvitationList } from './invitation-list.tsx'
import { MemberList } from './member-list.tsx'
import { allRoles, invites, seesAccessRules } from './roles.ts'

/** Who works here and as what, and who is invited. */
export function PeoplePage() {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const { role } = useWorkspace()
  return (
    <SettingsPane title={shared('page/people')}>
      <MemberList />
      {invites(role) && <InvitationList />}
      {seesAccessRules(role) && <AccessRulesSection />}
      <Section title={t('rolesTitle')}>
        <Table
          label={t('rolesTitle')}
          rows={allRoles}
          keyOf={(one) => one}
          columns={[
            { key: 'role', title: t('role'), cell: (one) => <span className="font-medium">{t(`role/${one}`)}</span>, phone: 'title' },
            { key: 'can', title: t('rolesMay'), cell: (one) => <span className="text-ink-2">{t(`can/${one}`)}</span> },
          ]}
        />
      </Section>
    </SettingsPane>
  )
}
