-- Who waits for a time that is not free yet, and what was offered to whom.

-- Services that are there already get no waitlist that nobody asked for.
alter table service
  add column waitlist boolean not null default false,
  add column offer_minutes int not null default 60 check (offer_minutes between 15 and 1440);

create table waitlist_entry (
  workspace_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  staff_id uuid,
  contact_id uuid not null,
  -- The address and the name that were typed, as with bookings.
  contact_point_id uuid,
  booked_as text,
  from_date date not null,
  until_date date not null,
  -- A bit a day, Monday the lowest; a bit a part of the day: morning, afternoon, evening.
  weekdays int not null check (weekdays between 1 and 127),
  parts int not null check (parts between 1 and 7),
  place_detail text,
  contact_zone text,
  contact_locale text,
  source text not null check (source in ('page', 'member', 'api', 'operator')),
  state text not null check (state in ('waiting', 'offered', 'booked', 'left', 'removed', 'over')),
  position bigint not null,
  -- Offers in a row that were not answered.
  missed int not null,
  -- The end of the last day that suits; from then on nothing is offered.
  ends_at timestamptz(3) not null,
  ended_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  check (until_date >= from_date),
  check ((state in ('waiting', 'offered')) = (ended_at is null)),
  foreign key (workspace_id, service_id) references service (workspace_id, id),
  foreign key (workspace_id, staff_id) references staff (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  foreign key (workspace_id, contact_point_id) references contact_point (workspace_id, id) on delete set null (contact_point_id)
);
call platform.guard_workspace_table('waitlist_entry');
create index on waitlist_entry (workspace_id, position, id);
create index on waitlist_entry (workspace_id, contact_id);
create index on waitlist_entry (workspace_id, contact_point_id) where contact_point_id is not null;
create index on waitlist_entry (workspace_id, service_id, position, id) where state in ('waiting', 'offered');
create index on waitlist_entry (workspace_id, staff_id) where staff_id is not null;
create index on waitlist_entry (workspace_id, ends_at);

create table waitlist_offer (
  workspace_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  -- The hold. Its claim keeps the time from everybody else, so that it is offered once.
  booking_id uuid not null,
  starts_at timestamptz(3) not null,
  state text not null check (state in ('open', 'accepted', 'passed', 'expired', 'withdrawn')),
  by_hand boolean not null,
  answer_by timestamptz(3) not null,
  answered_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  check ((state = 'open') = (answered_at is null)),
  constraint one_offer_a_hold unique (workspace_id, booking_id),
  foreign key (workspace_id, entry_id) references waitlist_entry (workspace_id, id) on delete cascade,
  foreign key (workspace_id, booking_id) references booking (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('waitlist_offer');
create index on waitlist_offer (workspace_id, entry_id, id);
-- Never two offers at once to one who waits, whatever the code does.
create unique index one_open_offer_an_entry on waitlist_offer (workspace_id, entry_id) where state = 'open';
