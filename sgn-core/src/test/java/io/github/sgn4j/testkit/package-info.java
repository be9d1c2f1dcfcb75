/** Small objectives in plain Java that tests of optimizers run on. */
package io.github.sgn4j.testkit;
