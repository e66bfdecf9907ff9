/**
 * The pages in an evidence pack, for people. Each is a function of what the verifier has computed
 * itself, so that it can be held against the pack byte for byte: no clock, no locale, no template
 * engine, and nothing that another version of Java might do otherwise.
 */
@NullMarked
package dev.cadastre.proof.report;

import org.jspecify.annotations.NullMarked;
