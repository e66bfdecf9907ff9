/**
 * Records as OTLP's protobuf encoding has them, read so that what many records of a request have in
 * common is decoded, named and written once.
 */
@NullMarked
package dev.cadastre.ingest.wire;

import org.jspecify.annotations.NullMarked;
