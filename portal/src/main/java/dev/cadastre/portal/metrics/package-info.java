/** The cell's figures for monitoring, as OpenTelemetry instruments that Prometheus scrapes. */
@NullMarked
package dev.cadastre.portal.metrics;

import org.jspecify.annotations.NullMarked;
