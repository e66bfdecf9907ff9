/** Builds evidence packs: collects what {@code dev.cadastre.proof.pack} lays out and verifies. */
@NullMarked
package dev.cadastre.evidence.pack;

import org.jspecify.annotations.NullMarked;
