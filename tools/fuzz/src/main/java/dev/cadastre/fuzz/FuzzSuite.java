package dev.cadastre.fuzz;

import java.util.List;

/**
 * The targets of a module. The JVM that fuzzes one makes its own instance by the constructor
 * without parameters, so it must not cost anything to list them.
 */
public interface FuzzSuite {
  List<FuzzTarget> targets();
}
