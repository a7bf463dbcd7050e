-- Who is given new leads, and how long they may wait for a first answer.

create table lead_routing (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  way text not null check (way in ('nobody', 'rotation', 'load')),
  previous_first boolean not null,
  answer_minutes int check (answer_minutes between 1 and 2400), -- of opening hours
  primary key (workspace_id, id),
  unique (workspace_id, pipeline_id),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('lead_routing');

-- Who takes turns; the one whose turn is the longest ago is next.
create table lead_turn (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  member_id uuid not null,
  last_turn bigint, -- counts up with every lead that is given; moments would tie
  primary key (workspace_id, id),
  unique (workspace_id, pipeline_id, member_id),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('lead_turn');

-- When the managers were told that nobody had answered.
alter table lead add column escalated_at timestamptz(3);
-- Whoever is waiting for a first answer.
create index lead_untouched on lead (workspace_id, contact_id) where state = 'open' and first_touch_at is null;
