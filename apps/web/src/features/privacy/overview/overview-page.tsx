import { useQuery } from '@tanstack/react-query'
import { shellWords } from '../../../app/words.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PageList } from '../page-list.tsx'
import { roomWords } from '../words.ts'
import { DecideSection } from './decide-section.tsx'
import { DueSection } from './due-section.tsx'
import { overviewQuery } from './queries.ts'
import { RefusedSection } from './refused-section.tsx'

/** What needs somebody today: what is due with its clock, what waits for a decision, what was refused. On the phone the pages of the room stand below it. */
export function OverviewPage() {
  const t = useWords(roomWords)
  const shell = useWords(shellWords)
  const asked = useQuery(overviewQuery)
  return (
    <DetailPane header={<PageHeader title={t('title')} tab={shell('room/privacy')} />}>
      <div className="min-w-0 [&_section>*]:max-w-168">
        <Asked asked={asked} lines={10}>
          {(overview) => (
            <div>
              <DueSection overview={overview} />
              <DecideSection overview={overview} />
              {overview.refused && <RefusedSection refused={overview.refused} />}
            </div>
          )}
        </Asked>
        <div className="border-t border-line p-2 desk:hidden">
          <PageList without />
        </div>
      </div>
    </DetailPane>
  )
}
