/** Reports on folders of runs: one HTML page, figures and a Markdown file. */
package io.github.sgn4j.examples.results.report;
