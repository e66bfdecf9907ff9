/** How the index lies on disk: its tables, blocks of rows, postings and terms. */
@NullMarked
package dev.cadastre.ledger.search.stored;

import org.jspecify.annotations.NullMarked;
