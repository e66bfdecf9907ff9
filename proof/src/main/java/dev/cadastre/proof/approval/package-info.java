/** Approvals that entries give: who, for what scope, until when and by whose authority. */
@NullMarked
package dev.cadastre.proof.approval;

import org.jspecify.annotations.NullMarked;
