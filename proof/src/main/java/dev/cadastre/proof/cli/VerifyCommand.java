package dev.cadastre.proof.cli;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackSetReport;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.VerificationReport;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code verify FILE... [--trust POLICY]}: verifies evidence packs offline. */
public final class VerifyCommand {
  /** Every check that was asked for holds. */
  public static final int VERIFIED = 0;

  /** The pack was read and refused. */
  public static final int REFUSED = 1;

  /** Wrong usage, or a file that cannot be read. */
  public static final int UNUSABLE = 2;

  /** Consistent, but trust was required and the keys were not checked against anything. */
  public static final int UNTRUSTED = 3;

  static final String USAGE = "usage: verify FILE... [--trust POLICY] [--require-trust] [--json]";

  private VerifyCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    VerifyArguments arguments;
    try {
      arguments = VerifyArguments.parse(args);
    } catch (Refused e) {
      say(err, String.valueOf(e.getMessage()));
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
      Optional<TrustPolicy> trust = trust(arguments.trust());
      List<Path> files = PackFiles.of(arguments.packs());
      Outcome outcome =
          files.size() == 1
              ? one(files.get(0), trust, arguments, out)
              : several(files, trust, arguments, out);
      return code(outcome, arguments.requireTrust());
    } catch (Refused e) {
      say(err, "trust policy: " + e.getMessage());
    } catch (NoSuchFileException e) {
      say(err, "no such file: " + e.getFile());
    } catch (IOException e) {
      say(err, "cannot read: " + e.getMessage());
    } catch (UncheckedIOException e) {
      say(err, "cannot read: " + e.getMessage());
    } catch (OutOfMemoryError | StackOverflowError e) {
      // Says nothing of the pack, so it is no refusal.
      say(err, "this Java has too little memory for the pack; give it more, as with java -Xmx1g");
    }
    return UNUSABLE;
  }

  /** What it quotes comes from elsewhere, a file's name included. */
  private static void say(PrintStream err, String what) {
    err.println("verify: " + Encodings.plain(what));
  }

  private static Optional<TrustPolicy> trust(Optional<Path> file) throws IOException, Refused {
    return file.isPresent()
        ? Optional.of(TrustPolicy.parse(Files.readAllBytes(file.get())))
        : Optional.empty();
  }

  /** What was found of one pack or of several. */
  private record Outcome(boolean verified, boolean trusted) {}

  private static int code(Outcome outcome, boolean requireTrust) {
    if (!outcome.verified()) {
      return REFUSED;
    }
    return requireTrust && !outcome.trusted() ? UNTRUSTED : VERIFIED;
  }

  private static Outcome one(
      Path file, Optional<TrustPolicy> trust, VerifyArguments arguments, PrintStream out)
      throws IOException {
    VerificationReport report = verify(file, trust);
    VerifierResult verdict =
        VerifierResult.of(
            report.verified(), report.trusted(), arguments.requireTrust(), reason(report));
    if (arguments.json()) {
      out.println(json(report.toJson(), verdict));
    } else {
      new ReportPrinter(out).print(file, report, verdict);
    }
    return new Outcome(report.verified(), report.trusted());
  }

  private static Optional<String> reason(VerificationReport report) {
    return report.firstFailure().map(check -> check.title() + ": " + check.detail());
  }

  private static Outcome several(
      List<Path> files, Optional<TrustPolicy> trust, VerifyArguments arguments, PrintStream out)
      throws IOException {
    List<PackSetReport.Member> members = new ArrayList<>();
    for (Path file : files) {
      members.add(
          new PackSetReport.Member(String.valueOf(file.getFileName()), verify(file, trust)));
    }
    PackSetReport report = PackSetReport.of(members);
    VerifierResult verdict =
        VerifierResult.of(
            report.verified(), report.trusted(), arguments.requireTrust(), report.reason());
    if (arguments.json()) {
      out.println(json(report.toJson(), verdict));
    } else {
      new ReportPrinter(out).print(report, verdict);
    }
    return new Outcome(report.verified(), report.trusted());
  }

  private static String json(Json.Obj report, VerifierResult verdict) {
    SortedMap<String, Json> members = new TreeMap<>(report.members());
    members.put("result", Json.of(verdict.result()));
    members.put("verdict", Json.of(verdict.words()));
    return new String(new Json.Obj(members).jcs(), StandardCharsets.UTF_8);
  }

  private static VerificationReport verify(Path file, Optional<TrustPolicy> trust)
      throws IOException {
    try (PackReader pack = PackReader.open(file, PackLimits.STANDARD)) {
      return PackVerifier.verify(pack, trust);
    } catch (PackRefused e) {
      return VerificationReport.unopened(e);
    }
  }
}
