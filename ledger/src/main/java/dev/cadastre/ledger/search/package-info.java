/**
 * The search index and the rollups: derived from the logs, fed by one indexer, dropped and rebuilt
 * at will.
 */
@NullMarked
package dev.cadastre.ledger.search;

import org.jspecify.annotations.NullMarked;
