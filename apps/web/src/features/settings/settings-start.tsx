import { Navigate } from '@tanstack/react-router'
import { useNarrow } from '../../lib/narrow.ts'
import { useWorkspace } from '../../lib/session.ts'
import { settingsPages } from './pages.ts'

/** The bare address of the settings: the list on the phone, the first page on the desk. */
export function SettingsStart() {
  const narrow = useNarrow()
  const { slug } = useWorkspace()
  const first = settingsPages[0]
  if (narrow || !first) return null
  return <Navigate to={first.to} params={{ workspace: slug }} replace />
}
