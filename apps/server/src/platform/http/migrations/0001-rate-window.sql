-- How often somebody asked within the window of a limit, where all web processes count together: what checks a secret. Whoever asked is a keyed hash. Unlogged, since
-- losing the counts in a crash allows a few more guesses and nothing else; a backup that holds a few of them restores windows that are long over.
create unlogged table platform.rate_window (
  subject_hash text primary key,
  requests int not null check (requests > 0),
  ends_at timestamptz(3) not null
);
create index on platform.rate_window (ends_at);
grant select, delete on platform.rate_window to frontdesk_relay;

-- Counts one request and answers how many there were in the window, and when it ends. The app role sees no row of it. A window that is over begins anew; so does one that
-- ends after `latest`, which was written before the clock went back.
create function platform.count_request(subject text, at timestamptz, fresh_end timestamptz, latest timestamptz, out requests int, out ends_at timestamptz)
  language sql security definer set search_path = pg_catalog, pg_temp
  as $$
    insert into platform.rate_window as w (subject_hash, requests, ends_at) values (subject, 1, fresh_end)
    on conflict (subject_hash) do update set
      requests = case when w.ends_at <= at or w.ends_at > latest then 1 else w.requests + 1 end,
      ends_at = case when w.ends_at <= at or w.ends_at > latest then excluded.ends_at else w.ends_at end
    returning w.requests, w.ends_at
  $$;
revoke all on function platform.count_request(text, timestamptz, timestamptz, timestamptz) from public;
grant execute on function platform.count_request(text, timestamptz, timestamptz, timestamptz) to frontdesk_app;
