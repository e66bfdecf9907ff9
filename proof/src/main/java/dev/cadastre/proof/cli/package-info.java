/** The verifier's command line. */
@NullMarked
package dev.cadastre.proof.cli;

import org.jspecify.annotations.NullMarked;
