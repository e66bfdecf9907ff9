package dev.cadastre.proof.detect;

/**
 * What a run of entries says of one sender's chain.
 *
 * @param stream as {@link Streams} names it
 * @param links how many records name the one before them rightly
 * @param broken entries that do not continue the chain
 */
public record ChainHistory(String stream, long links, Runs broken) {}
