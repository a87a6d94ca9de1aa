package dev.waybill.schemas.difference;

/**
 * A place in a schema, for people and for programs.
 *
 * @param path the fields that lead there, as {@code order.lines[].sku} ({@code []} a list's items,
 *     <code>{}</code> a map's values); empty for the schema itself
 * @param pointer the same as a JSON pointer into the schema, such as {@code /fields/1/type}
 */
public record Place(String path, String pointer) {
  /** The schema itself. */
  public static final Place ROOT = new Place("", "");

  /** A record's field. */
  public Place field(String name, int index) {
    return new Place(path.isEmpty() ? name : path + "." + name, pointer + "/fields/" + index);
  }

  /** Into a field's type, an array's items, a map's values or a union's branch. */
  public Place into(String step) {
    String mark =
        switch (step) {
          case "items" -> "[]";
          case "values" -> "{}";
          default -> "";
        };
    return new Place(path + mark, pointer + "/" + step);
  }

  /** The field whose type is here. */
  public Place owner() {
    return new Place(path, pointer.replaceFirst("/type$", ""));
  }

  /** This branch of the union here, or of the union that this is a branch of. */
  public Place branch(int index) {
    return new Place(path, pointer.replaceFirst("/\\d+$", "") + "/" + index);
  }
}
