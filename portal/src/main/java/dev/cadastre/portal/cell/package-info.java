/** One cell put together: its ledger, keys, tokens and anchors, and the servers over them. */
@NullMarked
package dev.cadastre.portal.cell;

import org.jspecify.annotations.NullMarked;
