/**
 * Reads what is not as OTLP has it as far as it can be read, so that no slip of form keeps a record
 * from being judged. Whatever is mended is kept as it came, too, and the entry says what was wrong.
 */
@NullMarked
package dev.cadastre.ingest.mend;

import org.jspecify.annotations.NullMarked;
