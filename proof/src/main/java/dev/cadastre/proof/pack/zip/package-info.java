/** Archives whose every byte is accounted for. */
@NullMarked
package dev.cadastre.proof.pack.zip;

import org.jspecify.annotations.NullMarked;
