-- Postings and record ids as runs that are only ever appended to: rows that lie all over a tree would cost a page each.
-- The index is derived, so what was in it is not carried over: the indexer begins again.
drop table posting;
drop table record;
drop table block_rows;
delete from indexed_log;
delete from term;
delete from block;
delete from rollup_kind;
delete from rollup_place;
delete from rollup_key;
delete from key_state;

-- What a list shows of each entry of a block, 256 entries a part: columns of term numbers and times (class BlockRows), zstd. A page of
-- entries that lie far apart unpacks a part for each, not a block.
create table block_rows (
  log int not null,
  block int not null,
  part int not null,
  bytes blob not null,
  primary key (log, block, part)
);

-- The postings of one block (class Postings), as long as its stretch of 16 blocks is not full.
create table block_posting (
  log int not null,
  block int not null,
  bytes blob not null,
  primary key (log, block)
);

-- Which entries of a full stretch use a term: for each block that does, its postings' bytes (class Postings).
create table posting (
  log int not null,
  stretch int not null,
  term int not null,
  bytes blob not null,
  primary key (log, stretch, term)
) without rowid;

-- Record ids, by the first 8 bytes of their SHA-256, in sorted runs (class RecordRuns). A run of tier 0 covers a block, of tier 1
-- a stretch, of tier 2 sixteen stretches; a full run of one tier takes the place of those of the tier below. part = the
-- hash's first bits: none, 8, 12.
create table record_run (
  log int not null,
  tier int not null check (tier between 0 and 2),
  run int not null,
  part int not null,
  bytes blob not null,
  primary key (log, tier, run, part)
);
