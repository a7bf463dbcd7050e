-- Services, the people who give them, their hours, bookings and the claims that decide who gets a time.

create table service (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  slug text not null,
  description text not null,
  duration_minutes int not null check (duration_minutes between 5 and 1440),
  price_minor bigint check (price_minor >= 0),
  currency text,
  buffer_before_minutes int not null check (buffer_before_minutes between 0 and 480),
  buffer_after_minutes int not null check (buffer_after_minutes between 0 and 480),
  notice_minutes int not null check (notice_minutes >= 0),
  horizon_days int not null check (horizon_days >= 1),
  step_minutes int not null check (step_minutes >= 5),
  change_notice_minutes int not null check (change_notice_minutes >= 0),
  place_kind text not null check (place_kind in ('address', 'phone', 'video', 'at_customer')),
  place_detail text,
  hue int not null check (hue between 0 and 359),
  phone text not null check (phone in ('hidden', 'optional', 'required')),
  choose_person boolean not null,
  active boolean not null,
  position int not null,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  check ((price_minor is null) = (currency is null))
);
call platform.guard_workspace_table('service');
create index on service (workspace_id, position, id);

-- Every address a service ever had: an earlier one keeps leading to it, and is never given to another.
create table service_address (
  workspace_id uuid not null,
  id uuid not null,
  slug text not null,
  service_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  constraint one_service_an_address unique (workspace_id, slug),
  foreign key (workspace_id, service_id) references service (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('service_address');
create index on service_address (workspace_id, service_id);

create table staff (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid,
  name text not null,
  hue int not null check (hue between 0 and 359),
  active boolean not null,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  constraint one_staff_a_member unique (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
call platform.guard_workspace_table('staff');

create table service_staff (
  workspace_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  staff_id uuid not null,
  primary key (workspace_id, id),
  unique (workspace_id, service_id, staff_id),
  foreign key (workspace_id, service_id) references service (workspace_id, id) on delete cascade,
  foreign key (workspace_id, staff_id) references staff (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('service_staff');
create index on service_staff (workspace_id, staff_id);

-- Hours of their own; without a row the business's opening hours hold. Always read and written whole, hence jsonb.
create table own_hours (
  workspace_id uuid not null,
  id uuid not null,
  service_id uuid,
  staff_id uuid,
  weekly jsonb not null,
  exceptions jsonb not null,
  -- Whether `weekly` replaces the business's week; without it only the exceptions count.
  own_week boolean not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  check (num_nonnulls(service_id, staff_id) = 1),
  unique (workspace_id, service_id),
  unique (workspace_id, staff_id),
  foreign key (workspace_id, service_id) references service (workspace_id, id) on delete cascade,
  foreign key (workspace_id, staff_id) references staff (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('own_hours');

create table time_off (
  workspace_id uuid not null,
  id uuid not null,
  staff_id uuid,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  label text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  check (ends_at > starts_at),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('time_off');
create index on time_off (workspace_id, ends_at, id);

create table booking (
  workspace_id uuid not null,
  id uuid not null,
  status text not null check (status in ('held', 'pending', 'confirmed', 'rescheduled', 'cancelled', 'expired', 'attended', 'no_show')),
  service_id uuid not null,
  staff_id uuid not null,
  contact_id uuid not null,
  attendee_id uuid not null,
  -- The name typed on the public page, where it is not the contact's: what a stranger typed changes no contact, and a contact's name is not shown to strangers.
  booked_as text,
  -- The address that was typed, to write back to exactly that one.
  contact_point_id uuid,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  busy_from timestamptz(3) not null,
  busy_until timestamptz(3) not null,
  -- The business's zone and wall clock when it was booked, so that a change of the zone's rules can be seen.
  zone text not null,
  wall_start text not null,
  place_kind text not null check (place_kind in ('address', 'phone', 'video', 'at_customer')),
  place_detail text,
  price_minor bigint,
  currency text,
  note text,
  source text not null check (source in ('page', 'member', 'api')),
  contact_zone text,
  contact_locale text,
  -- The first booking of a chain of moves: one appointment in everybody's calendar.
  thread_id uuid not null,
  previous_id uuid,
  -- Counts what is told about the thread (RFC 5545 §3.8.7.4).
  sequence int not null,
  told_contact int not null,
  told_business int not null,
  -- The last change is not written to the customer.
  quiet boolean not null,
  held_until timestamptz(3),
  cancelled_by text check (cancelled_by in ('contact', 'member', 'system')),
  cancel_reason text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  check (ends_at > starts_at and busy_from <= starts_at and busy_until >= ends_at),
  check ((status = 'held') = (held_until is not null)),
  check ((status = 'cancelled') = (cancelled_by is not null)),
  -- A booking is moved once; the next move starts from where it went.
  constraint moved_once unique (workspace_id, previous_id),
  foreign key (workspace_id, service_id) references service (workspace_id, id),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  foreign key (workspace_id, attendee_id) references contact (workspace_id, id),
  foreign key (workspace_id, contact_point_id) references contact_point (workspace_id, id) on delete set null (contact_point_id),
  foreign key (workspace_id, previous_id) references booking (workspace_id, id)
);
call platform.guard_workspace_table('booking');
create index on booking (workspace_id, starts_at, id);
create index on booking (workspace_id, staff_id, starts_at);
create index on booking (workspace_id, contact_id, starts_at);
create index on booking (workspace_id, attendee_id, starts_at);
create index on booking (workspace_id, contact_point_id) where contact_point_id is not null;
create index on booking (workspace_id, service_id, starts_at);
create index on booking (workspace_id, thread_id);
create index on booking (workspace_id, held_until) where status = 'held';

-- Who has which time. The constraint is the guarantee against double booking: whatever the code does, two active claims on one person never overlap.
create table claim (
  workspace_id uuid not null,
  id uuid not null,
  claimed_id uuid not null,
  staff_id uuid not null,
  booking_id uuid not null,
  -- With the buffers. Kept as two columns as well: a range operator is not leakproof, so it could not use an index under row-level security.
  busy_from timestamptz(3) not null,
  busy_until timestamptz(3) not null,
  during tstzrange not null generated always as (tstzrange(busy_from, busy_until)) stored,
  active boolean not null,
  -- When a hold ends; from then on the time counts as free, and whoever books it first frees the claim.
  expires_at timestamptz(3),
  primary key (workspace_id, id),
  check (claimed_id = staff_id),
  check (busy_until > busy_from),
  constraint no_double_booking exclude using gist (workspace_id with =, claimed_id with =, during with &&) where (active),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id),
  foreign key (workspace_id, booking_id) references booking (workspace_id, id)
);
call platform.guard_workspace_table('claim');
create index claim_by_time on claim (workspace_id, claimed_id, busy_from) where active;
create index on claim (workspace_id, booking_id);
