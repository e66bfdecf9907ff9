package dev.cadastre.proof.event;

/**
 * Where a hop was.
 *
 * @param place {@code <provider>:<region>}, an ISO 3166-1 alpha-2 country, a jurisdiction of the
 *     registry, or, when it is none of these, the text that was given
 */
public record Location(String place, Assurance assurance) {}
