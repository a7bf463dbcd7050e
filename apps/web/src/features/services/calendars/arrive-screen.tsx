import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { call, callIn } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useMe } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { buttonLook } from '../../../ui/button.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Entrance } from '../../accounts/entrance.tsx'
import { placeOfState } from './depart.ts'
import { calendarsWords } from './words.ts'

const route = getRouteApi('/calendars/arrive')

/** Whoever gave a permission for a calendar at its provider comes back here, and is led to where she was. */
export function ArriveScreen() {
  const t = useWords(calendarsWords)
  const explain = useExplain()
  const notices = useNotices()
  const navigate = useNavigate()
  const { state = '', code } = route.useSearch()
  const place = placeOfState(state)
  const workspace = useMe().workspaces.find(({ slug }) => slug === place?.workspace)
  const [failed, setFailed] = useState<string>()
  const asked = useRef(false)

  useEffect(() => {
    // Once: the code works one time.
    if (asked.current || !place || !workspace || code === undefined) return
    asked.current = true
    callIn(workspace.id)
    call('POST /calendar-arrivals', { body: { state, code } }).then(
      () => {
        notices.show({ tone: 'ok', text: t('connected') })
        void navigate({
          to: '/w/$workspace/services/people/$staffId',
          params: { workspace: workspace.slug, staffId: place.staffId },
          replace: true,
        })
      },
      (error: unknown) => setFailed(explain(error).message),
    )
  }, [place, workspace, code, state, notices, navigate, explain, t])

  const lost = !place || !workspace
  const why = lost ? t('arriveLost') : code === undefined ? t('arriveDenied') : failed
  return (
    <Entrance title={t('arriveTitle')}>
      {why === undefined ? (
        <TextSkeleton lines={2} />
      ) : (
        <>
          <Note tone="no" role="alert">
            {why}
          </Note>
          {lost ? (
            <Link to="/" className={buttonLook({ variant: 'solid', wide: true })}>
              {t('toStart')}
            </Link>
          ) : (
            <Link
              to="/w/$workspace/services/people/$staffId"
              params={{ workspace: workspace.slug, staffId: place.staffId }}
              className={buttonLook({ variant: 'solid', wide: true })}
            >
              {t('backToPerson')}
            </Link>
          )}
        </>
      )}
    </Entrance>
  )
}
