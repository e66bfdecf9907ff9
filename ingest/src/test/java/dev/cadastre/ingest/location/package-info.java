@NullMarked
package dev.cadastre.ingest.location;

import org.jspecify.annotations.NullMarked;
