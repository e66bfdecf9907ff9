/** Evidence packs: their layout, how they are written, and how a stranger verifies them offline. */
@NullMarked
package dev.cadastre.proof.pack;

import org.jspecify.annotations.NullMarked;
