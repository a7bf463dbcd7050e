-- Whom somebody who takes turns is given first: by place, by language, by tag. An empty list asks nothing.
alter table lead_turn
  add column regions text[] not null default '{}' check (cardinality(regions) <= 100), -- ISO 3166: US-NY, CA
  add column languages text[] not null default '{}' check (cardinality(languages) <= 20), -- ISO 639
  add column tags text[] not null default '{}' check (cardinality(tags) <= 20);
