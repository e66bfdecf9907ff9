/**
 * Residency attestations: counted from the entries of a period by anyone who has them, and signed
 * as in-toto statements.
 */
@NullMarked
package dev.cadastre.proof.attestation;

import org.jspecify.annotations.NullMarked;
