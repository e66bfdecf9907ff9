/** One log: how it is read, checked before it is used, and signed. */
@NullMarked
package dev.cadastre.ledger.log;

import org.jspecify.annotations.NullMarked;
