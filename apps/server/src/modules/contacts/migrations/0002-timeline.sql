-- Everything that happened to a contact: append-only, one table for all rooms. Partitioned by month of recording, which the uuidv7 id begins with.

create table timeline_event (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  at timestamptz(3) not null, -- when it happened; the id says when it was recorded
  kind text not null,
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'contact_link', 'visitor', 'operator', 'system')),
  actor_id text,
  subject_type text,
  subject_id uuid,
  summary_key text not null,
  summary_values jsonb not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
) partition by range (id);
call platform.guard_workspace_table('timeline_event', true);
create index timeline_event_page on timeline_event (workspace_id, contact_id, at desc, id desc);

-- Takes what no month's partition takes: ids from before the first month or after the last one.
create table timeline_event_default partition of timeline_event default;
alter table timeline_event_default enable row level security;
alter table timeline_event_default force row level security;

-- Makes the partitions of this month and the next ones. Runs as the owner, because the app role makes no tables; takes a number and nothing else. A month whose rows
-- already lie in the default partition stays there: moving them would need their workspaces.
create function platform.make_timeline_partitions(months int) returns int
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
  set lock_timeout = '2s'
as $$
declare
  first_month timestamp := date_trunc('month', now() at time zone 'UTC');
  month_start timestamp;
  made int := 0;
  name text;
  bounds text[];
begin
  perform pg_advisory_xact_lock(hashtextextended('timeline partitions', 7));
  for step in 0 .. least(greatest(months, 0), 24) loop
    month_start := first_month + make_interval(months => step);
    name := 'timeline_event_' || to_char(month_start, 'YYYY_MM');
    continue when to_regclass('public.' || name) is not null;
    select array_agg(regexp_replace(lpad(to_hex((extract(epoch from edge) * 1000)::bigint), 12, '0'), '^(.{8})(.{4})$', '\1-\2-0000-0000-000000000000') order by edge)
      into bounds from unnest(array[month_start, month_start + interval '1 month']) as edge;
    begin
      execute format('create table public.%I partition of public.timeline_event for values from (%L) to (%L)', name, bounds[1], bounds[2]);
      execute format('alter table public.%I enable row level security', name);
      execute format('alter table public.%I force row level security', name);
      made := made + 1;
    exception when check_violation or lock_not_available then
      raise notice 'The partition % was not made now: %', name, sqlerrm;
    end;
  end loop;
  return made;
end $$;
revoke all on function platform.make_timeline_partitions(int) from public;
grant execute on function platform.make_timeline_partitions(int) to frontdesk_app;

select platform.make_timeline_partitions(6);
