-- A consent that waits for her click: the second half of a double opt-in.

create table consent_invitation (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  point_id uuid not null, -- the address or number the consent will be for
  wording text not null, -- a key of the kit
  locale text not null,
  origin text not null check (origin in ('counter', 'booking_page', 'member')),
  invited_by text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, point_id) references contact_point (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('consent_invitation');
create index consent_invitation_by_contact on consent_invitation (workspace_id, contact_id, id desc);
