/** Records of AWS CloudTrail. */
@NullMarked
package dev.cadastre.ingest.foreign.aws;

import org.jspecify.annotations.NullMarked;
