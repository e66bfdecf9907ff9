/**
 * Signed notes, verifier keys, checkpoints, cosignatures and trust policies as C2SP specifies them.
 */
@NullMarked
package dev.cadastre.proof.note;

import org.jspecify.annotations.NullMarked;
