/**
 * What is said inside an entry: values, attributes, kinds of events, verdicts, and their one wire
 * form.
 */
@NullMarked
package dev.cadastre.proof.event;

import org.jspecify.annotations.NullMarked;
