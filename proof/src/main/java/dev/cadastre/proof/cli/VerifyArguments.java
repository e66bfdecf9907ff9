package dev.cadastre.proof.cli;

import dev.cadastre.proof.Encodings;
import dev.cadastre.proof.Refused;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param trust file of a C2SP tlog-policy
 */
record VerifyArguments(Path pack, Optional<Path> trust, boolean json, boolean help) {
  static final String HELP =
      """
      usage: verify FILE [--trust POLICY] [--json]

      Verifies an evidence pack offline and prints each check with what it means.

        FILE            the pack, a ZIP file
        --trust POLICY  a C2SP tlog-policy: lines "log <vkey>", witnesses, a quorum.
                        Without it the keys in the pack are used, which prove nothing
                        until their fingerprints are compared with another source.
        --json          one JSON object instead of text

      Exit code: 0 verified, 1 refused, 2 wrong usage or unreadable file.
      """;

  static VerifyArguments parse(String[] args) throws Refused {
    Optional<Path> pack = Optional.empty();
    Optional<Path> trust = Optional.empty();
    boolean json = false;
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--help") || arg.equals("-h")) {
        return new VerifyArguments(Path.of(""), Optional.empty(), false, true);
      } else if (arg.equals("--json")) {
        json = true;
      } else if (arg.equals("--trust")) {
        requireFirst(trust, arg);
        i++;
        trust = Optional.of(path(i < args.length ? args[i] : ""));
      } else if (arg.startsWith("--trust=")) {
        requireFirst(trust, "--trust");
        trust = Optional.of(path(arg.substring("--trust=".length())));
      } else if (arg.startsWith("-")) {
        throw new Refused("no such option: " + Encodings.quote(arg));
      } else {
        requireFirst(pack, "FILE");
        pack = Optional.of(path(arg));
      }
    }
    Path file = pack.orElseThrow(() -> new Refused("which FILE?"));
    return new VerifyArguments(file, trust, json, false);
  }

  private static void requireFirst(Optional<Path> given, String what) throws Refused {
    if (given.isPresent()) {
      throw new Refused("expected " + what + " once");
    }
  }

  private static Path path(String text) throws Refused {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw new Refused("no file name: " + Encodings.quote(text), e);
    }
    throw new Refused("expected a file name, found none");
  }
}
