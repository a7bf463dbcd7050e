-- The handle of somebody who was erased is brought back by no list either.
alter table erased_point drop constraint erased_point_kind_check;
alter table erased_point add constraint erased_point_kind_check check (kind in ('email', 'phone', 'handle'));
