/** Entries in order: each names the one before. */
@NullMarked
package dev.cadastre.proof.chain;

import org.jspecify.annotations.NullMarked;
