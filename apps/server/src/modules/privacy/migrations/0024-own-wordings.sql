-- A business's own words for a consent. Editions stay: what was agreed to names the one it was given in.

create table own_wording (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  wording text not null, -- a key of the kit
  locale text not null check (locale in ('en', 'es', 'fr')),
  edition integer not null check (edition > 0),
  written text not null check (length(written) between 1 and 1000), -- {business} stands for its name and number
  spoken text not null check (length(spoken) between 1 and 1000),
  written_by text not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3), -- since then another edition is used, or the ready words
  primary key (workspace_id, id),
  unique (workspace_id, wording, locale, edition)
);
call platform.guard_workspace_table('own_wording');
create unique index own_wording_in_use on own_wording (workspace_id, wording, locale) where retired_at is null;
