/** The demo: four tenants, and the services that send about them through the OpenTelemetry SDK. */
@NullMarked
package dev.cadastre.portal.demo;

import org.jspecify.annotations.NullMarked;
