/** The command line {@code ./sgn}: commands, options, progress, exit status. */
package io.github.sgn4j.examples.cli;
