-- The truth: insert only, no personal data. A backup holds it beside the vault, the keys and what was signed (docs/backup.md).
-- Every byte string and every order here is checked by `cadastre fsck` against the entries themselves.

create table log (
  name text not null primary key,
  origin text not null unique
);

-- One row per group commit and log. (log, first_index) is also the appenders' lock: two that both believe the head is N
-- collide on (log, N). bytes = zstd of the entries, each preceded by its length as big-endian u16.
-- number = the order of commits over all logs: whoever has seen N finds no smaller one later. SQLite gives it, as the
-- greatest so far and one, to the one connection that may write.
create table segment (
  number integer primary key,
  log text not null references log (name),
  first_index bigint not null check (first_index >= 0),
  count int not null check (count between 1 and 65536),
  bytes blob not null,
  unique (log, first_index)
);

-- Full tiles only: 256 hashes of 32 bytes. Partial ones are computed.
create table tile (
  log text not null references log (name),
  level int not null check (level between 0 and 7),
  tile_index bigint not null check (tile_index >= 0),
  hashes blob not null check (length(hashes) = 8192),
  primary key (log, level, tile_index)
);

create table checkpoint (
  log text not null references log (name),
  size bigint not null check (size > 0),
  note blob not null,
  primary key (log, size)
);

-- Where the policies of a log were adopted, so that the newest is found without reading the log.
create table policy (
  log text not null references log (name),
  entry_index bigint not null check (entry_index > 0),
  sha256 text not null,
  primary key (log, entry_index)
);

-- The entries of the anchors log that are anchors, with the day each one closes.
create table anchor (
  entry_index bigint not null primary key check (entry_index > 0),
  date text not null
);

-- A tenant's side of an anchor: what it takes to show that its checkpoint is under the anchor's root.
-- path = sibling hashes from the leaf upward, 32 bytes each.
create table anchor_leaf (
  anchor_index bigint not null references anchor (entry_index),
  log text not null references log (name),
  position bigint not null check (position >= 0),
  salt blob not null check (length(salt) = 32),
  path blob not null check (length(path) % 32 = 0),
  size bigint not null check (size > 0),
  note blob not null,
  primary key (anchor_index, log)
);

create index anchor_leaf_by_log on anchor_leaf (log, anchor_index);

create trigger log_update before update on log begin select raise(abort, 'log is insert only'); end;
create trigger log_delete before delete on log begin select raise(abort, 'log is insert only'); end;
create trigger segment_update before update on segment begin select raise(abort, 'segment is insert only'); end;
create trigger segment_delete before delete on segment begin select raise(abort, 'segment is insert only'); end;
create trigger tile_update before update on tile begin select raise(abort, 'tile is insert only'); end;
create trigger tile_delete before delete on tile begin select raise(abort, 'tile is insert only'); end;
create trigger checkpoint_update before update on checkpoint begin select raise(abort, 'checkpoint is insert only'); end;
create trigger checkpoint_delete before delete on checkpoint begin select raise(abort, 'checkpoint is insert only'); end;
create trigger policy_update before update on policy begin select raise(abort, 'policy is insert only'); end;
create trigger policy_delete before delete on policy begin select raise(abort, 'policy is insert only'); end;
create trigger anchor_update before update on anchor begin select raise(abort, 'anchor is insert only'); end;
create trigger anchor_delete before delete on anchor begin select raise(abort, 'anchor is insert only'); end;
create trigger anchor_leaf_update before update on anchor_leaf begin select raise(abort, 'anchor_leaf is insert only'); end;
create trigger anchor_leaf_delete before delete on anchor_leaf begin select raise(abort, 'anchor_leaf is insert only'); end;
