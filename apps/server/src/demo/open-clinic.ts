import type { Principal, ResourceId, ServiceId, StaffId } from '@frontdesk/contract'
import { type AccountServices, changeWorkspace, setOpeningHours, setUpServer, setupLink, showMe } from '../modules/accounts/index.ts'
import { addResource, addService, addStaff, memberBecomesStaff } from '../modules/scheduling/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import type { DemoSignIn } from './demo-sign-in.ts'
import type { Clinic } from './desk-life.ts'
import { clinic, colleagues, rooms, services, week, whiteningLamp } from './harbor-dental.ts'

type Owner = Principal & { readonly kind: 'member' }

/** Becomes the owner of the server, who answers for the clinic. */
export async function openClinic(accounts: AccountServices, { email, password }: DemoSignIn): Promise<Owner> {
  const link = await setupLink(accounts, '')
  if (link === undefined) throw new Error('This server has an owner. The demo needs a data folder of its own.')
  const { name, zone, locale, currency, country } = clinic
  const session = await setUpServer(
    accounts,
    link.split('/').at(-1) ?? '',
    { name: clinic.owner, email, password, businessName: name, zone, locale, currency, country },
    { ip: '127.0.0.1', userAgent: 'Frontdesk demo' },
  )
  const [workspace] = (await showMe(accounts, session)).workspaces
  if (!workspace) throw new Error('The demo has no workspace.')
  return { kind: 'member', workspaceId: workspace.id, memberId: workspace.memberId, userId: session.userId, role: 'owner' }
}

/** Her clinic: hours, colleagues, rooms, services. */
export async function furnish(tx: WorkspaceTx, by: Owner): Promise<Clinic> {
  const { industry, phone, website, address, brandColour } = clinic
  await changeWorkspace(tx, by, { industry, phone, website, address, brandColour, version: 1 })
  await setOpeningHours(tx, by, { weekly: [...week], exceptions: [], holidaySet: 'us', version: 1 })
  await memberBecomesStaff(tx, by.memberId, { onlyAsFirst: false })
  const { id: owner } = await tx.db
    .selectFrom('staff')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', by.memberId)
    .executeTakeFirstOrThrow()
  const staff: StaffId[] = [owner]
  for (const person of colleagues) staff.push((await addStaff(tx, by, { ...person, active: true })).id)
  const chairs: ResourceId[] = []
  for (const name of rooms) chairs.push((await addResource(tx, by, { name, kind: 'room', active: true })).id)
  const lamp = await addResource(tx, by, { name: whiteningLamp, kind: 'equipment', active: true })
  const offered: { id: ServiceId; minutes: number }[] = []
  for (const { by: givers, price, video, ...service } of services) {
    const row = await addService(tx, by, {
      ...service,
      bufferBeforeMinutes: 0,
      price: price === null ? null : { minor: price, currency: clinic.currency },
      noticeMinutes: 120,
      horizonDays: 60,
      stepMinutes: 15,
      changeNoticeMinutes: 1440,
      place: video === null ? { kind: 'address', detail: null } : { kind: 'video', detail: video },
      phone: 'optional',
      choosePerson: true,
      discreet: false,
      approval: false,
      answerMinutes: 1440,
      waitlist: true,
      offerMinutes: 60,
      afterBookingUrl: null,
      active: true,
      staffIds: givers.flatMap((index) => staff[index] ?? []),
      needs:
        video === null
          ? [
              { resourceIds: chairs, required: 1 },
              ...(service.slug === 'whitening' ? [{ resourceIds: [lamp.id], required: 'all' as const }] : []),
            ]
          : [],
    })
    offered.push({ id: row.id, minutes: row.duration_minutes })
  }
  return { staff, services: offered, lastVisits: new Map() }
}
