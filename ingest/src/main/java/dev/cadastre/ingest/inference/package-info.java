/**
 * What frameworks say of models in names of their own: told in OpenTelemetry's, and what of it may
 * stand in the open.
 */
@NullMarked
package dev.cadastre.ingest.inference;

import org.jspecify.annotations.NullMarked;
