import { create } from 'qrcode'
import { useMemo } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { buttonLook } from './button.tsx'
import { Icon } from './icon.tsx'
import { uiWords } from './words.ts'

/** White around the code, in modules; readers ask for four (ISO/IEC 18004). */
const QUIET = 4

/** What `QrCode` is given. */
export type QrCodeProps = {
  readonly value: string
  /** What it is, for screen readers; otherwise the value is read out. */
  readonly label?: string
  /** Whether it may be saved as a picture; not for secrets. */
  readonly keep?: boolean
}

/** A QR code as one path, black on white in both themes, because cameras expect that. Load it lazily. */
export function QrCode({ value, label, keep = true }: QrCodeProps) {
  const t = useWords(uiWords)
  const { size, path } = useMemo(() => drawQr(value), [value])
  const box = `0 0 ${size} ${size}`
  const download = useMemo(
    () =>
      `data:image/svg+xml,${encodeURIComponent(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`,
      )}`,
    [box, size, path],
  )
  return (
    <div className="grid justify-items-center gap-3">
      <svg
        viewBox={box}
        role="img"
        aria-label={label ?? t('qrFor', { address: value })}
        shapeRendering="crispEdges"
        className="size-52 rounded-md bg-on-solid forced-color-adjust-none"
      >
        <path d={path} className="fill-[#000000]" />
      </svg>
      {keep && (
        <a href={download} download="qr-code.svg" className={buttonLook({ size: 'sm' })}>
          <Icon name="download" className="text-ink-2" />
          {t('downloadQr')}
        </a>
      )}
    </div>
  )
}

function drawQr(value: string): { size: number; path: string } {
  const { modules } = create(value, { errorCorrectionLevel: 'M' })
  const parts: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) parts.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
    }
  }
  return { size: modules.size + 2 * QUIET, path: parts.join('') }
}
