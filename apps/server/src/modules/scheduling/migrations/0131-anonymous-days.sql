-- What was anonymized before keeps its day and loses its time, what led from one appointment to another, and its bookkeeping.
with anonymous as (
  select w.id as workspace_id, w.zone,
    (left(w.id::text, 14) || '7' || substr(h.hex, 1, 3) || '-8' || substr(h.hex, 4, 3) || '-' || substr(h.hex, 7, 12))::uuid as contact_id
  from workspace w cross join lateral (select encode(sha256(convert_to('nobody of ' || w.id, 'UTF8')), 'hex') as hex) h
), days as (
  select b.workspace_id, b.id, date_trunc('day', b.starts_at at time zone a.zone) as day, a.zone
  from booking b join anonymous a on a.workspace_id = b.workspace_id and a.contact_id = b.contact_id
)
update booking b
set starts_at = d.day at time zone d.zone, busy_from = d.day at time zone d.zone,
  ends_at = (d.day at time zone d.zone) + interval '1 minute', busy_until = (d.day at time zone d.zone) + interval '1 minute',
  wall_start = to_char(d.day, 'YYYY-MM-DD"T"HH24:MI'),
  thread_id = gen_random_uuid(), previous_id = null, moved_by = null, sequence = 0, told_contact = 0, told_business = 0, quiet = false, version = 1
from days d where b.workspace_id = d.workspace_id and b.id = d.id;
