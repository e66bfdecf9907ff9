package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.cases.CaseResult;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.JsonText;
import dev.cadastre.server.cli.option.ProcessContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the cases that people wrote to a policy. */
@Command(
    name = "test",
    description = {
      "Say of each case in the files whether the policy's verdict is the one expected.",
      "Exits with 0 if all are, 1 if one is not, 2 if a file cannot be read."
    },
    sortOptions = false)
public final class PolicyTestCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Cases, YAML, or a policy NAME.yaml with its cases beside it in NAME.test.yaml;",
        "see docs/formats/policy.md."
      })
  private List<Path> files;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PolicyTestCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws Refused {
    List<PolicyTestFile> tests = new ArrayList<>();
    for (Path file : files) {
      tests.add(PolicyTestFile.read(file));
    }
    List<CaseResult> all = new ArrayList<>();
    List<Json> printed = new ArrayList<>();
    for (PolicyTestFile test : tests) {
      List<CaseResult> results = test.run();
      all.addAll(results);
      if (json) {
        printed.add(toJson(test, results));
      } else {
        print(test, results);
      }
    }
    long ok = all.stream().filter(CaseResult::holds).count();
    host.out().println(json ? toJson(ok, all.size(), printed) : total(ok, all.size()));
    return ok == all.size() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String total(long ok, long cases) {
    return cases + " cases: " + ok + " ok, " + (cases - ok) + " failed";
  }

  private static String toJson(long ok, long cases, List<Json> files) {
    return JsonText.of(
        Json.Obj.builder()
            .put("failed", cases - ok)
            .put("files", new Json.Arr(files))
            .put("ok", ok)
            .build());
  }

  private void print(PolicyTestFile test, List<CaseResult> results) {
    String name = test.document().name();
    host.out().println(name + ", cases to " + test.policyFile() + ":");
    for (CaseResult result : results) {
      host.out().println((result.holds() ? "ok    " : "FAIL  ") + result.of().name());
      for (String fault : result.faults()) {
        host.out().println("      " + name + " line " + test.line(result) + ": " + fault);
      }
    }
  }

  private static Json toJson(PolicyTestFile test, List<CaseResult> results) {
    List<Json> cases = new ArrayList<>();
    results.forEach(result -> cases.add(result.toJson(test.line(result))));
    return Json.Obj.builder()
        .put("cases", new Json.Arr(cases))
        .put("file", test.document().name())
        .put("policy", test.policyFile().toString())
        .put("sha256", test.policy().sha256().hex())
        .build();
  }
}
