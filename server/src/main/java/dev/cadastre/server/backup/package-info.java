/** Copies of a whole cell: made while it runs, checked, and put in its place. */
@NullMarked
package dev.cadastre.server.backup;

import org.jspecify.annotations.NullMarked;
