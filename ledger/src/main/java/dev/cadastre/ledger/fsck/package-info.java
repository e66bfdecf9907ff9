/**
 * Holds a cell's files against themselves: everything that anyone would be shown is computed again
 * from the entries' bytes.
 */
@NullMarked
package dev.cadastre.ledger.fsck;

import org.jspecify.annotations.NullMarked;
