import { definePolicy, desk, leads, readers } from '../../platform/policy/index.ts'

/** Who may do what with services, people's hours and bookings. */
export const schedulingPolicy = definePolicy({
  'services.read': readers,
  'services.manage': leads,
  'staff.read': readers,
  'staff.manage': leads,
  'resources.read': readers,
  'resources.manage': leads,
  'time_off.read': readers,
  'time_off.manage': desk,
  'calendars.read': readers,
  /** Her own; those of others only where she may set people up (own-calendars.ts). */
  'calendars.manage': desk,
  'calendar_feeds.manage': desk,
  /** Which sites may show the booking pages. */
  'booking_page.read': readers,
  'booking_page.manage': leads,
  'bookings.read': readers,
  'bookings.manage': desk,
  'waitlist.read': readers,
  'waitlist.manage': desk,
  /** What anybody may see and do on a public page. */
  'page.read': ['visitor'],
  'page.book': ['visitor'],
  /** What a signed link opens. */
  'link.read': ['contact_link'],
  'link.change': ['contact_link'],
})
