-- Cookies and signals: what a business loads from others on its booking pages, what readers decided about it, and what their browsers ask for.

-- Code or pictures of somebody else. Nothing of it loads before the reader agreed.
create table page_tag (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 80),
  provider text not null check (char_length(provider) between 1 and 120), -- who receives what it sends
  host text not null check (host ~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$'),
  script text not null check (script ~ '^/'), -- path and query on that host
  class text not null check (class in ('statistics', 'marketing')),
  purpose text not null check (char_length(purpose) between 1 and 300), -- shown to readers as it stands
  cookies jsonb not null, -- what the provider says it keeps: [{ name, days }]
  declared_by text not null,
  created_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('page_tag');
create index page_tag_live on page_tag (workspace_id, id) where removed_at is null;

-- What a reader decided: the proof of it. Append-only; what holds is the newest row of a visitor.
create table cookie_decision (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  visitor_hash text not null, -- keyed hash of the random id in her cookie, another one in every workspace
  preferences boolean not null,
  statistics boolean not null,
  marketing boolean not null,
  sharing boolean not null, -- false: no sale, no sharing, no profiling, no targeted advertising
  asked_on text not null check (asked_on in ('banner', 'choices')),
  edition text not null, -- which question: our words and the declared tags
  words_hash text not null check (words_hash ~ '^[0-9a-f]{64}$'), -- SHA-256 of the text as it was shown
  locale text not null,
  gpc boolean not null,
  dnt boolean not null,
  region text check (region ~ '^[A-Z]{2}$'), -- a country, never finer; null where nobody says it
  created_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('cookie_decision', true);
create index cookie_decision_newest on cookie_decision (workspace_id, visitor_hash, id desc);

-- What the browser of somebody we know asked for, once each. Append-only.
create table privacy_signal (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  signal text not null check (signal in ('gpc', 'dnt')),
  seen_on text not null check (seen_on in ('preferences', 'booking')),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, signal),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('privacy_signal', true);

-- The web log of the public pages: these fields and no other. Rows of single visits go after the workspace's days; what is left is counted by the day.
create table web_visit (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  at timestamptz(3) not null,
  page text not null, -- the pattern of the address, without any value or query
  status int not null,
  browser text not null,
  platform text not null,
  language text,
  referrer text, -- the host alone
  visitor_hash text, -- keyed hash of the day and the truncated network; another one tomorrow and elsewhere
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('web_visit');
create index web_visit_age on web_visit (workspace_id, at);

create table web_day (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  day date not null,
  page text not null,
  views bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, day, page)
);
call platform.guard_workspace_table('web_day');

-- How many visits said what, by the day: a number, and nobody's.
create table signal_day (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  day date not null,
  signal text not null check (signal in ('gpc', 'dnt')),
  visits bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, day, signal)
);
call platform.guard_workspace_table('signal_day');
