/** Who may do what: tokens, roles and the browser's sessions. Everything not granted is denied. */
@NullMarked
package dev.cadastre.ledger.access;

import org.jspecify.annotations.NullMarked;
