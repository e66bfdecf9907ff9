package dev.cadastre.portal.cli;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(name = "bench", description = "Measure this machine, each figure beside its floor.")
final class BenchCommand extends Group {}
