package dev.cadastre.formats.registry;

/**
 * A provider's region as the registry knows it.
 *
 * @param id {@code <provider>:<region>}
 * @param provider registry name of the provider
 * @param region the provider's own name of the region
 * @param country ISO 3166-1 alpha-2 code
 * @param name the city or area, for people
 * @param latitude degrees north, for a dot on a map
 * @param longitude degrees east, for a dot on a map
 */
public record Region(
    String id,
    String provider,
    String region,
    String country,
    String name,
    double latitude,
    double longitude) {}
