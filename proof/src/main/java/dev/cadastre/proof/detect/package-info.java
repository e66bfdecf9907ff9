/**
 * Folds over a log in order: what no single entry shows. The server runs them as it follows a log,
 * the verifier over a pack.
 */
@NullMarked
package dev.cadastre.proof.detect;

import org.jspecify.annotations.NullMarked;
