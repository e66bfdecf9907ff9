/** What sends: prepared requests over HTTP and gRPC, in this process and in others. */
@NullMarked
package dev.cadastre.bench.load;

import org.jspecify.annotations.NullMarked;
