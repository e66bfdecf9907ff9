/** Where things may be, where they were, and the judge who compares the two. */
@NullMarked
package dev.cadastre.proof.residency;

import org.jspecify.annotations.NullMarked;
