package dev.cadastre.server.cli.option;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * What a command has of the process it runs in.
 *
 * @param variables the environment, which is read through this alone
 * @param in what is piped into it
 * @param out results, UTF-8
 * @param err what went wrong and how far work has come, UTF-8
 * @param stopRequests a latch that opens when the process is asked to stop; asking for it promises
 *     to end soon after it opens
 */
public record ProcessContext(
    Variables variables,
    InputStream in,
    PrintStream out,
    PrintStream err,
    InstantSource clock,
    Supplier<CountDownLatch> stopRequests) {}
