/** Where everything lies in an evidence pack, and what a pack may be. */
@NullMarked
package dev.cadastre.proof.pack.format;

import org.jspecify.annotations.NullMarked;
