package dev.cadastre.proof.cli;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param packs pack files, or one folder of them
 * @param trust file of a C2SP tlog-policy
 * @param requireTrust whether keys that nothing vouches for are not enough
 */
record VerifyArguments(
    List<Path> packs, Optional<Path> trust, boolean requireTrust, boolean json, boolean help) {
  static final String HELP =
      """
      usage: verify FILE... [--trust POLICY] [--require-trust] [--json]

      Verifies an evidence pack offline and prints each check with what it means.
      Several packs, or a folder of them, are verified one by one and as one: that
      they are of one log and continue one another with nothing missing.

        FILE            the pack, a ZIP file; or all packs of a set; or their folder
        --trust POLICY  a C2SP tlog-policy: lines "log <vkey>", witnesses, a quorum.
                        Without it the keys in the pack are used, which prove nothing
                        until their fingerprints are compared with another source.
        --require-trust do not be content with that: exit with 3
        --json          one JSON object instead of text

      Exit code: 0 verified, or consistent where no trust was required; 1 refused;
      2 wrong usage or unreadable file; 3 consistent, but trust was required and the
      keys were not checked against anything.
      """;

  VerifyArguments {
    packs = List.copyOf(packs);
  }

  static VerifyArguments parse(String[] args) throws Refused {
    List<Path> packs = new ArrayList<>();
    Optional<Path> trust = Optional.empty();
    boolean requireTrust = false;
    boolean json = false;
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--help") || arg.equals("-h")) {
        return new VerifyArguments(List.of(), Optional.empty(), false, false, true);
      } else if (arg.equals("--json")) {
        json = true;
      } else if (arg.equals("--require-trust")) {
        requireTrust = true;
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
        packs.add(path(arg));
      }
    }
    if (packs.isEmpty()) {
      throw new Refused("which FILE?");
    }
    return new VerifyArguments(packs, trust, requireTrust, json, false);
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
