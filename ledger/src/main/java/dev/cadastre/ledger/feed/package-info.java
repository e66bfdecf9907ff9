/** The logs as the index sees them. */
@NullMarked
package dev.cadastre.ledger.feed;

import org.jspecify.annotations.NullMarked;
