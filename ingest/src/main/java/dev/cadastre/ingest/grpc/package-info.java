/** OTLP over gRPC. */
@NullMarked
package dev.cadastre.ingest.grpc;

import org.jspecify.annotations.NullMarked;
