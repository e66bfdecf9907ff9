/** Files and directories of a cell that their owner alone may read. */
@NullMarked
package dev.cadastre.ledger.files;

import org.jspecify.annotations.NullMarked;
