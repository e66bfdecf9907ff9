/**
 * Benchmarks and the crash test. Each figure is measured in the same run as the floor that it is
 * held against, for machines differ and are noisy.
 */
@NullMarked
package dev.cadastre.bench;

import org.jspecify.annotations.NullMarked;
