/** What is said inside an entry: kinds of events, locations, verdicts, and their one wire form. */
@NullMarked
package dev.cadastre.formats.event;

import org.jspecify.annotations.NullMarked;
