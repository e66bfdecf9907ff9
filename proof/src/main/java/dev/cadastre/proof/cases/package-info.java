/** Cases that people write to a policy: what happened, and what the judge should say of it. */
@NullMarked
package dev.cadastre.proof.cases;

import org.jspecify.annotations.NullMarked;
