package dev.waybill.proof.report;

/** A page that grows. What is not markup of our own is escaped, also within attributes' quotes. */
public final class Html {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      :root { color-scheme: light dark; --text: #1c1c1c; --page: #fff; --faint: #6b6b6b;
        --line: #d5d5d5; --good: #1a7f37; --bad: #c4221a; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #e6e6e6; --page: #151515; --faint: #9a9a9a; --line: #3d3d3d;
          --good: #4ac26b; --bad: #ff7b72; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
        margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0;
        border-bottom: 1px solid var(--line); }
      .faint { color: var(--faint); }
      code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere;
        white-space: pre-wrap; }
      svg { width: 100%%; height: auto; }
      %s</style>
      </head>
      <body>
      <h1>%s</h1>
      """;

  private final StringBuilder page = new StringBuilder();

  /**
   * A page with its head, up to its first heading, in which pages look alike.
   *
   * @param style what is this page's alone, in lines of CSS
   */
  public static Html page(String title, String heading, String style) {
    return new Html().markup(HEAD.formatted(escape(title), style, escape(heading)).stripTrailing());
  }

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
