import { Banner, Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ListSkeleton } from '../../ui/skeleton.tsx'
import { Columns, Specimen } from './specimen.tsx'

/** What stands where something is not there yet. */
export function WaitingSpecimens() {
  return (
    <Specimen title="Waiting, empty, offline">
      <div className="overflow-hidden rounded-lg border border-line">
        <Banner icon="offline" action={<Button size="sm">Try now</Button>}>
          <b>No connection.</b> Two drafts are kept here.
        </Banner>
        <Banner tone="no">This workspace is being closed.</Banner>
        <Columns>
          <ListSkeleton rows={3} />
          <EmptyState icon="inbox" action={<Button variant="solid">Connect a channel</Button>}>
            Messages from text, mail and your website will stand here together.
          </EmptyState>
        </Columns>
      </div>
      <Columns>
        <Note>Times are yours: Mountain Time, Denver.</Note>
        <Note tone="wait">Calls and texts from 10:00, in 18 minutes.</Note>
        <Note tone="no">This time was just taken. Nothing was booked.</Note>
        <Note tone="ok">The change is saved.</Note>
        <Note tone="ai">Harper is an AI and says so on every call.</Note>
      </Columns>
    </Specimen>
  )
}
