package dev.cadastre.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;

/**
 * Something that a service says happened.
 *
 * @param name the event's
 */
record Happening(Service service, String name, Severity severity, Attributes attributes) {}
