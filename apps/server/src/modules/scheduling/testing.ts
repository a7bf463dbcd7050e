/**
 * A business that can be booked, for tests of this room: open Monday to Friday from nine to five in New York, one person, one service of half an hour.
 */
import { type Principal, ServiceDraft, type ServiceId, type StaffId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { TestDatabase } from '../../platform/database/testing.ts'
import { prepareJobs } from '../../platform/jobs/index.ts'
import { type TestWorkspace, testWorkspace } from '../contacts/testing.ts'
import { type BookAppointment, bookAppointment } from './book-appointment.ts'
import type { BookingRow } from './booking.tables.ts'
import { schedulingJobs } from './jobs.ts'
import type { ServiceRow } from './service.tables.ts'
import { surroundings } from './surroundings.ts'
import { type AddService, addService } from './write-service.ts'
import { addStaff } from './write-staff.ts'

export type TestBusiness = TestWorkspace & {
  readonly owner: Principal
  /** The service that is there from the start, given by `ana`. */
  readonly service: ServiceRow
  readonly ana: StaffId
  readonly inside: <T>(work: (tx: WorkspaceTx) => Promise<T>) => Promise<T>
  readonly newService: (draft: Partial<AddService> & { name: string }) => Promise<ServiceRow>
  readonly newStaff: (name: string, ...services: ServiceId[]) => Promise<StaffId>
  /** Books as a visitor of the public page. */
  readonly book: (wish: Omit<Partial<BookAppointment>, 'start'> & { readonly start: string | Temporal.Instant }) => Promise<BookingRow>
}

let visitors = 0

/** Makes the business. The clock of a test database stands at Monday, 4 January 2027, nine o'clock in New York. */
export async function testBusiness(test: TestDatabase, zone = 'America/New_York'): Promise<TestBusiness> {
  surroundings.provide({
    database: test.database,
    files: {
      get: async () => {
        throw new Error('This test keeps no files.')
      },
    },
    publicUrl: () => 'https://desk.example.com',
    mailAddress: () => 'desk@desk.example.com',
    mailLeaves: () => true,
  })
  await prepareJobs(test.urls.owner, schedulingJobs)
  const workspace = await testWorkspace(test)
  const owner = workspace.as.owner
  const inside: TestBusiness['inside'] = (work) => test.database.inWorkspace(workspace.workspaceId, work)
  await inside(async (tx) => {
    const place = tx.newId()
    await sql`update workspace set zone = ${zone}, phone = '+12075550118' where id = ${tx.workspaceId}`.execute(tx.db)
    await sql`insert into location (workspace_id, id, name, address, is_default, created_at, version)
      values (${tx.workspaceId}, ${place}, 'Main', '18 Wharf Street, Portland, Maine', true, ${tx.now}, 1)`.execute(tx.db)
    for (const weekday of [1, 2, 3, 4, 5]) {
      await sql`insert into hours_rule (workspace_id, id, location_id, weekday, from_time, to_time)
        values (${tx.workspaceId}, ${tx.newId()}, ${place}, ${weekday}, '09:00', '17:00')`.execute(tx.db)
    }
  })
  const newService: TestBusiness['newService'] = (draft) =>
    inside((tx) => addService(tx, owner, { ...ServiceDraft.parse({ name: draft.name, noticeMinutes: 0, stepMinutes: 15 }), ...draft }))
  const newStaff: TestBusiness['newStaff'] = (name, ...services) =>
    inside(async (tx) => {
      const { id } = await addStaff(tx, owner, { name, active: true })
      for (const serviceId of services) {
        await tx.db
          .insertInto('service_staff')
          .values({ workspace_id: tx.workspaceId, id: tx.newId(), service_id: serviceId, staff_id: id })
          .execute()
      }
      return id
    })
  const ana = await newStaff('Ana Ruiz')
  const service = await newService({ name: 'Cleaning and check-up', staffIds: [ana] })
  return {
    ...workspace,
    owner,
    inside,
    newService,
    newStaff,
    service,
    ana,
    book: (wish) => {
      visitors += 1
      return inside((tx) =>
        bookAppointment(tx, workspace.visitor, {
          serviceId: service.id,
          who: { name: `Visitor ${visitors}`, email: `visitor${visitors}@example.com` },
          note: null,
          placeDetail: null,
          source: 'page',
          outsideHours: false,
          quiet: false,
          holdMinutes: null,
          ...wish,
          start: Temporal.Instant.from(wish.start),
        }),
      )
    },
  }
}
