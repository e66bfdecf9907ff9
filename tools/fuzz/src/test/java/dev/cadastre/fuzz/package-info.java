@NullMarked
package dev.cadastre.fuzz;

import org.jspecify.annotations.NullMarked;
