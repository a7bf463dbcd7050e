import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWorkspace } from '../../lib/session.ts'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { servicesQuery } from '../calendar/queries.ts'

export type LinkedServicesProps = {
  readonly title: string
  readonly ids: readonly string[]
  /** What is said where there are none. */
  readonly none: string
}

/** The services that somebody gives, or that need a room, each a way to it. */
export function LinkedServices({ title, ids, none }: LinkedServicesProps) {
  const { slug: workspace } = useWorkspace()
  const services = useQuery(servicesQuery).data?.filter(({ id }) => ids.includes(id))
  return (
    <Section title={title}>
      {!services ? (
        <TextSkeleton lines={2} />
      ) : services.length === 0 ? (
        <p className="text-sm text-ink-2">{none}</p>
      ) : (
        <ul className="grid gap-1 text-sm">
          {services.map((service) => (
            <li key={service.id}>
              <Link
                to="/w/$workspace/services/$serviceId"
                params={{ workspace, serviceId: service.id }}
                className="text-link underline underline-offset-2"
              >
                <bdi>{service.name}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
