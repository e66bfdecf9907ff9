/** OTLP over HTTP, and what other systems send over it. */
@NullMarked
package dev.cadastre.ingest.http;

import org.jspecify.annotations.NullMarked;
