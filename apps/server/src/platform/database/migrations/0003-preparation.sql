-- What the database was last made ready for: a mark of the code and of what has to stay forgotten. A start that would make it ready for the same has nothing to do.
-- A restored backup brings none along. The owner alone reads and writes it.
create table platform.preparation (
  one boolean primary key default true check (one),
  mark text not null,
  prepared_at timestamptz(3) not null default now()
);
