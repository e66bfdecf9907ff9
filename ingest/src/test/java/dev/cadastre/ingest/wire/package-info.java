@NullMarked
package dev.cadastre.ingest.wire;

import org.jspecify.annotations.NullMarked;
