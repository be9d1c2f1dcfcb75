package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void escapesWhatIsMarkup() {
    assertThat(Html.text("<b onclick=\"x('y')\">&\u0000"))
        .isEqualTo("&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp; ");
    assertThat(Html.table("\"a\"", "", List.of("<th>"), List.of(List.of(Html.cell("<td>")))))
        .contains("aria-label=\"&quot;a&quot;\"", ">&lt;th&gt;</th>", "<td>&lt;td&gt;</td>");
  }

  @Test
  void jsonCannotEndItsElement() {
    assertThat(Html.json("{\"a\": \"</script><!--&\u2028\u2029\"}"))
        .isEqualTo("{\"a\": \"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029\"}");
  }

  @Test
  void cellsHaveANumberToSortByIfThereIsOne() {
    assertThat(Html.cell("0.5", 0.5)).isEqualTo("<td data-value=\"0.5\">0.5</td>");
    assertThat(Html.cell("-", Double.NaN)).isEqualTo("<td>-</td>");
  }
}
