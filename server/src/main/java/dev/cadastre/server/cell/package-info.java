/** One cell: what its data directory is, what an operator does to it, and its servers. */
@NullMarked
package dev.cadastre.server.cell;

import org.jspecify.annotations.NullMarked;
