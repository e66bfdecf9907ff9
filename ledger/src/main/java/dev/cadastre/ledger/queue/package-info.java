/** Who is next, where many wait. */
@NullMarked
package dev.cadastre.ledger.queue;

import org.jspecify.annotations.NullMarked;
