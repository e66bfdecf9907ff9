/**
 * The bodies of requests, decoded as far as their records: OTLP in both encodings, CloudEvents,
 * events as JSON.
 */
@NullMarked
package dev.cadastre.ingest.otlp;

import org.jspecify.annotations.NullMarked;
