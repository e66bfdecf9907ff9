/** The secrets of a cell: what its logs sign with, and what wraps the keys of the vault. */
@NullMarked
package dev.cadastre.anchors.keys;

import org.jspecify.annotations.NullMarked;
