package dev.cadastre.demo;

import java.util.List;
import java.util.Random;

/** One tenant of the demo. */
interface Scenario {
  /** The tenant's id, which is also the name of its policy in examples/policies. */
  String tenant();

  /** For people. */
  String title();

  List<Service> services();

  /** Something that happens all the time, now and then something that should not. */
  Happening ordinary(Random random);

  /** What happened before the demo began, oldest first. */
  List<Scene> story();
}
