package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962 section 2.1 as it is written: recursive, slow, and the judge of everything that is fast.
 */
final class NaiveTree {
  private NaiveTree() {}

  static Hash root(List<Hash> d) {
    int n = d.size();
    int k = split(n);
    return n == 0
        ? Hash.sha256()
        : n == 1 ? d.get(0) : node(root(d.subList(0, k)), root(d.subList(k, n)));
  }

  static List<Hash> path(int m, List<Hash> d) {
    int n = d.size();
    int k = split(n);
    if (n == 1) {
      return List.of();
    }
    return m < k
        ? with(path(m, d.subList(0, k)), root(d.subList(k, n)))
        : with(path(m - k, d.subList(k, n)), root(d.subList(0, k)));
  }

  static List<Hash> proof(int m, List<Hash> d, boolean known) {
    int n = d.size();
    int k = split(n);
    if (m == n) {
      return known ? List.of() : List.of(root(d));
    }
    return m <= k
        ? with(proof(m, d.subList(0, k), known), root(d.subList(k, n)))
        : with(proof(m - k, d.subList(k, n), false), root(d.subList(0, k)));
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static Hash node(Hash left, Hash right) {
    return Hash.sha256(new byte[] {1}, left.bytes(), right.bytes());
  }

  private static List<Hash> with(List<Hash> hashes, Hash last) {
    List<Hash> more = new ArrayList<>(hashes);
    more.add(last);
    return more;
  }
}
