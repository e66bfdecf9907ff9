/** The plain words of the ledger: what is appended, what comes of it, and how it fails. */
@NullMarked
package dev.cadastre.ledger.model;

import org.jspecify.annotations.NullMarked;
