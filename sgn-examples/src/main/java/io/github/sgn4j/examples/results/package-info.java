/** What a run leaves behind: its folder with JSON files, figures, tables. */
package io.github.sgn4j.examples.results;
