/**
 * Follows the logs and keeps the index up with them. What it writes follows from the logs alone.
 */
@NullMarked
package dev.cadastre.ledger.search.index;

import org.jspecify.annotations.NullMarked;
