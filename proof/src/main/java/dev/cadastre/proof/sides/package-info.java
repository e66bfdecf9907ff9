/** What the two sides of a contract tell of one call, side by side. */
@NullMarked
package dev.cadastre.proof.sides;

import org.jspecify.annotations.NullMarked;
