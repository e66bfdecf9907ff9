/** A cell's stores as files of one directory: what only SQLite does, and does in its own way. */
@NullMarked
package dev.cadastre.ledger.store.sqlite;

import org.jspecify.annotations.NullMarked;
