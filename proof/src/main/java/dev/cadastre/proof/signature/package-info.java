/** Public keys of signature algorithms, and which signatures are theirs. */
@NullMarked
package dev.cadastre.proof.signature;

import org.jspecify.annotations.NullMarked;
