/**
 * Audit records of other systems, in their own formats: recognised by their structure and told in
 * Cadastre's vocabulary, with the original kept whole beside it.
 */
@NullMarked
package dev.cadastre.ingest.foreign;

import org.jspecify.annotations.NullMarked;
