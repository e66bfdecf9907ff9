/** Copies of a whole cell: made while it runs, checked, and put in its place. */
@NullMarked
package dev.cadastre.portal.backup;

import org.jspecify.annotations.NullMarked;
