package dev.cadastre.proof.report;

import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.note.VerifierKey;
import java.util.List;

/** A pack's first page: what it is, and how to check it with and without the verifier. */
public final class ReadmePage {
  private static final String CHECK =
      """

      <h2>Check everything</h2>
      <p>With Java 17 or newer and the verifier, which needs no network and no account:</p>
      <pre><code>cadastre verify PACK.zip --trust policy.txt --require-trust</code></pre>
      <p><code>policy.txt</code> holds the lines below. <b>Do not take them from this pack</b>: a forger would pack keys of his own.
      Get them from the contract, the vendor's website or an earlier pack, and compare.</p>
      <pre><code>\
      """;

  private static final String REST =
      """
      </code></pre>

      <h2>Check by hand, with sha256sum and openssl 3</h2>
      <ol>
      <li>No file was altered, and none is missing:
      <pre><code>sha256sum -c manifest-sha256.txt
      sha256sum -c tagmanifest-sha256.txt</code></pre></li>
      <li>The list of files was signed by the log's key. Line three of <code>signature.note</code> is the hash of <code>tagmanifest-sha256.txt</code>:
      <pre><code>sha256sum tagmanifest-sha256.txt; sed -n 3p signature.note
      head -n 3 signature.note &gt; /tmp/text
      tail -n 1 signature.note | sed 's/.* //' | base64 -d | tail -c 64 &gt; /tmp/signature
      openssl pkeyutl -verify -pubin -inkey data/trust/log-key.pem -rawin -in /tmp/text -sigfile /tmp/signature</code></pre></li>
      <li>Entries are linked. The hash of each line, with one zero byte before it, is <code>prev</code> of the next line:
      <pre><code>{ printf '\\000'; sed -n 1p data/entries/entries.ndjson | tr -d '\\n'; } | openssl dgst -sha256
      sed -n 2p data/entries/entries.ndjson | grep -o '"prev":"[0-9a-f]*"'</code></pre></li>
      <li>The checkpoint in <code>data/anchors/after/checkpoint</code> is signed in the same way as <code>signature.note</code>; its third line is the RFC 6962 root over
      all entries up to its second line. The tree, the anchors and the verdicts are what the verifier is for; the formats are public (C2SP tlog-checkpoint,
      tlog-proof, signed-note; RFC 6962; in-toto; DSSE; BagIt).</li>
      </ol>

      <h2>What is in it</h2>
      <div class="scroll"><table>
      <caption>Files of this pack</caption>
      <thead><tr><th scope="col">file</th><th scope="col">what it is</th></tr></thead>
      <tbody>
      <tr><td><code>data/report/attestation.html</code></td><td>the attestation, for people</td></tr>
      <tr><td><code>data/attestation/residency.dsse.json</code></td><td>the same, signed, for machines: an in-toto statement in a DSSE envelope</td></tr>
      <tr><td><code>data/entries/entries.ndjson</code></td><td>every entry, byte for byte, one a line</td></tr>
      <tr><td><code>data/entries/events.csv</code></td><td>the same events for a spreadsheet</td></tr>
      <tr><td><code>data/proofs/</code></td><td>that the first entry continues the log as it was anchored before</td></tr>
      <tr><td><code>data/anchors/</code></td><td>that the public anchor log holds this log's state before and after</td></tr>
      <tr><td><code>data/policy/</code></td><td>the residency policy in force and the registry of regions</td></tr>
      <tr><td><code>data/trust/</code></td><td>public keys, to be compared, not believed</td></tr>
      </tbody>
      </table></div>

      <h2>What it proves, and what it does not</h2>
      <ul>
      <li>That these are <b>all</b> the entries the log holds for the period, in order, unaltered since the closing anchor.</li>
      <li>That every verdict is what the published judge says of that event under the policy in force.</li>
      <li>Not that every event was <b>sent</b>. Gaps in a sender's own sequence numbers are listed in the attestation.</li>
      <li>Not the <b>physical place</b> by itself. Each place carries its assurance: claimed by the sender, corroborated by a second source, proven by a cloud's signature, or contradicted.</li>
      <li>Not <b>whose</b> key signed, until you have compared the key's fingerprint with one you got elsewhere.</li>
      <li>Names and addresses of people are left out; entries hold salted digests of them, which stay valid when the originals are destroyed.</li>
      </ul>
      """;

  private ReadmePage() {}

  /**
   * The page of a pack.
   *
   * @param scope log and period
   * @param keys of the log and of the anchors log, in the order of the pack's trust policy
   */
  public static byte[] of(AttestationScope scope, List<VerifierKey> keys) {
    HtmlWriter page =
        PageFrame.begin(
            "Evidence pack", "Cadastre evidence pack", PageFrame.tenant(scope.origin()));
    page.raw("<p class=\"lead\"><b>").count(scope.to() - scope.from()).raw("</b> entries of ");
    page.code(scope.origin());
    page.text(scope.before().isPresent() ? ", from the anchor of " : ", from its birth, received ");
    page.text(PageFrame.time(scope.fromNs()) + ", to the anchor of ");
    page.text(PageFrame.time(scope.toNs()) + ": entry ").index(scope.from());
    page.raw(" up to, not including, entry ").index(scope.to()).raw(".</p>\n").raw(CHECK);
    page.text(FixedUnicode.strip(TrustPolicy.format(keys))).raw(REST);
    return PageFrame.end(page);
  }
}
