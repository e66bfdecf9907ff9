/**
 * The three databases of a cell's directory: opening, migrating, and the rows that the log is made
 * of.
 */
@NullMarked
package dev.cadastre.ledger.store;

import org.jspecify.annotations.NullMarked;
