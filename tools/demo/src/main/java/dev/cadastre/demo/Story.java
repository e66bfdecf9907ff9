package dev.cadastre.demo;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One customer of a vendor, and what goes on there.
 *
 * @param tenant the customer's id, which is also the name of its policy in examples/policies
 * @param title who it is, for people
 * @param services who sends
 * @param traffic what happens all the time, now and then something that should not, and how often
 *     each of it in relation to the others
 * @param starts what its programs do before anything else when they start
 * @param scenes what happened before the demo began, oldest first
 */
record Story(
    String tenant,
    String title,
    List<Service> services,
    Map<Act, Integer> traffic,
    Act starts,
    List<Scene> scenes) {

  Act ordinary(Random random) {
    int chance = random.nextInt(traffic.values().stream().mapToInt(Integer::intValue).sum());
    for (Map.Entry<Act, Integer> share : traffic.entrySet()) {
      chance -= share.getValue();
      if (chance < 0) {
        return share.getKey();
      }
    }
    throw new IllegalStateException("the shares are more than their sum");
  }
}
