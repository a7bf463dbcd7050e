-- The queues themselves live in the schema pgboss, which prepareJobs makes (prepare-jobs.ts).

-- A job that used up its tries, kept where its workspace sees it and can have it run again.
create table failed_job (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  payload jsonb not null,
  error text not null,
  attempts int not null,
  failed_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('failed_job');

-- When each schedule is due next. `running_until` is the lease of a chore that runs right now.
create table platform.schedule (
  name text primary key,
  cron text not null,
  zone text not null,
  next_at timestamptz(3) not null,
  running_until timestamptz(3)
);
grant select, insert, update, delete on platform.schedule to frontdesk_relay;
