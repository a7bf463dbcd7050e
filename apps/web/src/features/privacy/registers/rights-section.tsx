import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { saveText } from '../../../lib/save-file.ts'
import { Button } from '../../../ui/button.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { accessWords } from '../../settings/business/access-words.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { rightsQuery } from './team-queries.ts'
import { teamWords } from './team-words.ts'

/** Who may do what, as the software decides it. */
export function RightsSection() {
  const t = useWords(teamWords)
  const access = useWords(accessWords)
  const asked = useQuery(rightsQuery)
  const rights = asked.data
  const roleName = (role: string) =>
    role === 'visitor' || role === 'contact_link' || role === 'operator' ? role : access(`role/${role as 'owner'}`)
  return (
    <Section
      title={t('rights')}
      intro={rights && t('rightsIntro', { version: rights.version })}
      note={rights && rights.versions.length > 0 ? t('rightsSince', { count: rights.versions.length }) : undefined}
      actions={
        rights && (
          <Button
            size="sm"
            icon="download"
            onClick={() => saveText(`authorization-${rights.version}.json`, 'application/json', `${JSON.stringify(rights, null, 2)}\n`)}
          >
            {t('download')}
          </Button>
        )
      }
    >
      <Asked asked={asked} lines={2}>
        {({ permissions }) => (
          <details className="text-sm">
            <summary className="cursor-pointer pb-2">{t('rightsShow')}</summary>
            <Facts
              items={permissions.map(({ permission, roles }) => ({
                term: permission,
                value: roles.map(roleName).join(', '),
              }))}
            />
          </details>
        )}
      </Asked>
    </Section>
  )
}
