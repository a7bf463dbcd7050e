-- A view of the table is a segment with a look: columns, their order and widths, and what it is ordered by.
alter table segment add column look jsonb;
