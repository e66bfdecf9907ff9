package dev.cadastre.formats.value;

/**
 * The OTLP instrumentation scope a record came with. Texts are empty when not given.
 *
 * @param dropped attributes the sender dropped
 */
public record Scope(
    Attributes attributes, String name, String version, String schema, long dropped) {}
