package dev.cadastre.proof.detect;

/**
 * What a run of entries says of one stream of numbered records.
 *
 * @param stream as {@link Streams} names it
 * @param first lowest number from which the stream was followed
 * @param last highest number seen
 * @param missing numbers between them that never came
 * @param repeats how many came again
 */
public record SequenceHistory(String stream, long first, long last, Runs missing, long repeats) {}
