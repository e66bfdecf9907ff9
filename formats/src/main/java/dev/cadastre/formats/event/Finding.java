package dev.cadastre.formats.event;

/**
 * What one rule says of one hop.
 *
 * @param rule the rule's id, such as {@code customer-data.processing}; docs/formats/policy.md lists
 *     them
 */
public record Finding(Hop hop, Outcome outcome, String rule) {}
