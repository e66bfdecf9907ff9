@NullMarked
package dev.cadastre.ingest.persons;

import org.jspecify.annotations.NullMarked;
