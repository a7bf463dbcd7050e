import { useFormats } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { bandLook, placed } from './block-look.ts'
import { DragTip, type DragTipProps } from './drag-tip.tsx'
import { canInsist } from './judge-drop.ts'

/** The booking under the pointer. Where it cannot lie it says why, and what is free next; once let go there, it asks. */
export function DragGhost(props: DragTipProps) {
  const { drag, zone } = props
  const formats = useFormats(zone)
  const { booking, drop, verdict, phase } = drag
  const fits = verdict.kind === 'offered' || verdict.kind === 'same'
  return (
    <div style={placed(drag)} className={cx(bandLook, 'z-6 mx-1', phase === 'moving' && 'pointer-events-none')}>
      <div
        className={cx(
          'grid h-full content-start overflow-hidden rounded-sm bg-raised px-2 py-0.5 text-xs leading-4 shadow-float inset-ring-[1.5px] forced-colors:border',
          phase === 'moving' && 'cursor-grabbing',
          fits ? 'inset-ring-solid' : canInsist(verdict) ? 'inset-ring-wait-mark' : 'inset-ring-no-mark',
        )}
      >
        <bdi className="truncate font-medium">{booking.contact.name}</bdi>
        <span className="figures truncate text-2xs leading-3.5 text-ink-2">{formats.timeRange(drop.start, drop.end)}</span>
      </div>
      {!fits && <DragTip {...props} />}
    </div>
  )
}
