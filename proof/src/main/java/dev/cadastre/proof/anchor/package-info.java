/**
 * Anchors: one public root a day over the blinded checkpoints of a cell's logs, and each log's own
 * way into it.
 */
@NullMarked
package dev.cadastre.proof.anchor;

import org.jspecify.annotations.NullMarked;
