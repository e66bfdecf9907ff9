/** The benchmarks as commands. */
@NullMarked
package dev.cadastre.bench.cli;

import org.jspecify.annotations.NullMarked;
