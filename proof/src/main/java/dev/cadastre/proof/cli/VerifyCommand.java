package dev.cadastre.proof.cli;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.PackLimits;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackRefused;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.VerificationReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code verify FILE [--trust POLICY] [--json]}: verifies an evidence pack offline. */
public final class VerifyCommand {
  /** Every check holds. */
  public static final int VERIFIED = 0;

  /** The pack was read and refused. */
  public static final int REFUSED = 1;

  /** Wrong usage, or a file that cannot be read. */
  public static final int UNUSABLE = 2;

  static final String USAGE = "usage: verify FILE [--trust POLICY] [--json]";

  private VerifyCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    VerifyArguments arguments;
    try {
      arguments = VerifyArguments.parse(args);
    } catch (Refused e) {
      err.println("verify: " + e.getMessage());
      err.println(USAGE);
      return UNUSABLE;
    }
    if (arguments.help()) {
      out.print(VerifyArguments.HELP);
      return VERIFIED;
    }
    return run(arguments, out, err);
  }

  private static int run(VerifyArguments arguments, PrintStream out, PrintStream err) {
    try {
      VerificationReport report = verify(arguments.pack(), trust(arguments.trust()));
      if (arguments.json()) {
        out.println(new String(report.toJson().jcs(), StandardCharsets.UTF_8));
      } else {
        new ReportPrinter(out).print(arguments.pack(), report);
      }
      return report.verified() ? VERIFIED : REFUSED;
    } catch (Refused e) {
      err.println("verify: trust policy: " + e.getMessage());
    } catch (NoSuchFileException e) {
      err.println("verify: no such file: " + e.getFile());
    } catch (IOException e) {
      err.println("verify: cannot read: " + e.getMessage());
    } catch (UncheckedIOException e) {
      err.println("verify: cannot read: " + e.getMessage());
    }
    return UNUSABLE;
  }

  private static Optional<TrustPolicy> trust(Optional<Path> file) throws IOException, Refused {
    return file.isPresent()
        ? Optional.of(TrustPolicy.parse(Files.readAllBytes(file.get())))
        : Optional.empty();
  }

  private static VerificationReport verify(Path file, Optional<TrustPolicy> trust)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; an evidence pack is one ZIP file");
    }
    try (PackReader pack = PackReader.open(file, PackLimits.STANDARD)) {
      return PackVerifier.verify(pack, trust);
    } catch (PackRefused e) {
      return VerificationReport.unopened(e);
    }
  }
}
