package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import java.util.Map;

/**
 * Where a record's hops were.
 *
 * @param problem what is wrong with evidence that came along; empty if nothing is
 */
record Located(Map<Hop, Location> locations, String problem) {}
