package io.github.sgn4j.examples.results.report;

import java.util.List;

/** Pieces of HTML. Whatever comes from files goes through {@link #text}. */
final class Html {

  private Html() {}

  /** Text between tags or in a quoted attribute. */
  static String text(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(Character.isISOControl(c) && c != '\n' ? ' ' : c);
      }
    }
    return escaped.toString();
  }

  /**
   * JSON as the content of a script element: nothing in it can end the element, or be taken for
   * another tag.
   */
  static String json(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /**
   * A table in a box that scrolls by itself where the screen is narrow.
   *
   * @param label what it is, for those who do not see it
   * @param kind CSS classes
   * @param titles of the columns, as text
   * @param rows cells as HTML, see {@link #cell}
   */
  static String table(String label, String kind, List<String> titles, List<List<String>> rows) {
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(text(label))
        .append("\"><table class=\"")
        .append(kind)
        .append("\"><thead><tr>");
    titles.forEach(title -> html.append("<th scope=\"col\">").append(text(title)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>").append(String.join("", row)).append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** A cell with text. */
  static String cell(String text) {
    return "<td>" + text(text) + "</td>";
  }

  /** A cell with a number by which a table can be sorted; without, if it is not finite. */
  static String cell(String text, double value) {
    return Double.isFinite(value)
        ? "<td data-value=\"" + value + "\">" + text(text) + "</td>"
        : cell(text);
  }

  /** Something that is shown on demand. */
  static String details(String summary, String content) {
    return "<details><summary>" + text(summary) + "</summary>\n" + content + "</details>\n";
  }
}
