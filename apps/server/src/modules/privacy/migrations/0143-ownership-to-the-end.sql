-- A change of ownership to its end: whoever comes between the notices and the day is told as well, and the day itself is a hand-over to the successor.
alter table ownership_change drop constraint ownership_change_state_check;
alter table ownership_change add constraint ownership_change_state_check check (state in ('planned', 'telling', 'told', 'done', 'cancelled'));
alter table ownership_notice add column tried_at timestamptz(3); -- when it was last found that she cannot be reached
update ownership_notice n set tried_at = now() where notice = 'unreachable';
