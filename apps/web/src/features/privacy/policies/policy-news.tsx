import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { policyNewsQuery } from './queries.ts'
import { policiesWords } from './words.ts'

/** The newest change of a document that this member has not read yet; it goes when she says that she has, or after its time. */
export function PolicyNews() {
  const t = useWords(policiesWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const { data } = useQuery(policyNewsQuery)
  const seen = useMutation({
    mutationFn: (versionId: string) => call('POST /policy-versions/{versionId}/acknowledgement', { params: { versionId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: policyNewsQuery.queryKey }),
  })
  const [news] = data?.items ?? []
  if (!news) return null
  return (
    <Banner
      tone="neutral"
      icon="file"
      action={
        <span className="flex shrink-0 gap-1">
          <a href={news.path} target="_blank" rel="noreferrer" className={buttonLook({ size: 'sm', variant: 'quiet' })}>
            {t('bannerRead')}
          </a>
          <Button size="sm" busy={seen.isPending} onClick={() => seen.mutate(news.versionId)}>
            {t('bannerSeen')}
          </Button>
        </span>
      }
    >
      {t('bannerText', { document: t(`kind/${news.kind}`), date: formats.date(news.publishedAt) })}
    </Banner>
  )
}
