-- What is known of a number may also come from a file of checked numbers, and from a service that looks numbers up. Where somebody lives has a source of its own, too.
alter table known_fact drop constraint known_fact_source_check;
alter table known_fact add constraint known_fact_source_check check (source in ('member', 'api', 'booking', 'file', 'lookup'));
