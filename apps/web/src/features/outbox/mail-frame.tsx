import { useEffect, useRef, useState } from 'react'
import { fillQuietly } from './quiet-document.ts'

/**
 * A mail in a frame of its own, which runs no scripts, loads nothing, opens nothing and cannot reach this page. The frame shares our origin only so that we can write
 * into it: what is written is stripped first, and the policy of this page holds inside it too.
 */
export function MailFrame({ html, title }: { readonly html: string; readonly title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(320)
  useEffect(() => {
    const inside = frame.current?.contentDocument
    if (!inside) return
    fillQuietly(inside, html)
    const measure = () => setHeight(Math.min(4000, Math.max(160, inside.documentElement.scrollHeight)))
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(inside.body)
    return () => watcher.disconnect()
  }, [html])
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      style={{ blockSize: `${height}px` }}
      className="w-full rounded-lg border border-line bg-raised"
    />
  )
}
