/**
 * The Merkle tree of RFC 6962, its proofs, and the tile formats of C2SP tlog-tiles and tlog-proof.
 */
@NullMarked
package dev.cadastre.proof.tlog;

import org.jspecify.annotations.NullMarked;
