/** Logs of networks and of the stores behind them: flows, meshes, accesses. */
@NullMarked
package dev.cadastre.ingest.foreign.net;

import org.jspecify.annotations.NullMarked;
