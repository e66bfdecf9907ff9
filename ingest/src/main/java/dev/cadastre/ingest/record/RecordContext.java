package dev.cadastre.ingest.record;

import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.ReceivedRecord;

/**
 * One record and what it stands in. Immutable.
 *
 * @param group the records that it came with
 * @param shared what it shares with them
 * @param route into which log it goes
 * @param position its place in the request, from 0
 */
record RecordContext(
    DecodedRequest.Group group,
    GroupContext shared,
    ReceivedRecord arrived,
    Routes.Route route,
    int position) {}
