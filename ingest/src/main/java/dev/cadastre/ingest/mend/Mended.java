package dev.cadastre.ingest.mend;

/**
 * What could be read.
 *
 * @param note what was wrong, without values
 */
public record Mended<T>(T message, String note) {}
