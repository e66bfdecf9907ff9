/** The demo: four tenants, and the services that send about them through the OpenTelemetry SDK. */
@NullMarked
package dev.cadastre.demo;

import org.jspecify.annotations.NullMarked;
