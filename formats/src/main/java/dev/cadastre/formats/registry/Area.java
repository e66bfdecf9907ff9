package dev.cadastre.formats.registry;

import java.util.SortedSet;

/**
 * What a provider calls a place that is several of its regions: a multi-region, a geography.
 *
 * @param id {@code <provider>:<name>}
 * @param provider registry name of the provider
 * @param name for people
 * @param regions ids of the regions it may be in, at least one
 */
record Area(String id, String provider, String name, SortedSet<String> regions) {}
