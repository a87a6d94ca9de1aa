package dev.waybill.proof.report;

/** A page that grows. What is not markup of our own is escaped, also within attributes' quotes. */
public final class Html {
  private final StringBuilder page = new StringBuilder();

  /** Markup, as it is. */
  public Html markup(String markup) {
    page.append(markup).append('\n');
    return this;
  }

  /** An element with text in it. */
  public Html element(String name, String text) {
    return markup("<" + name + ">" + escape(text) + "</" + name + ">");
  }

  /** A row of a table. */
  public Html row(Object... cells) {
    page.append("<tr>");
    for (Object cell : cells) {
      page.append("<td>").append(escape(String.valueOf(cell))).append("</td>");
    }
    return markup("</tr>");
  }

  /** The head of a table, which is left open. */
  public Html table(String... heads) {
    page.append("<table><tr>");
    for (String head : heads) {
      page.append("<th>").append(escape(head)).append("</th>");
    }
    return markup("</tr>");
  }

  /** Text as it may stand in an element, or in an attribute's quotes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
