/**
 * What others wrap records in on their way: shippers' fields, messages of queues, rows of tables.
 */
@NullMarked
package dev.cadastre.ingest.envelope;

import org.jspecify.annotations.NullMarked;
