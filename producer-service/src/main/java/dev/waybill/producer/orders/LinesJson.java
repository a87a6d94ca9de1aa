package dev.waybill.producer.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.JSONB;

/** An order's lines as its row holds them; prices are strings, which keep their digits. */
final class LinesJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

  private LinesJson() {}

  record Line(String sku, int quantity, String unitPrice) {}

  static JSONB write(List<OrderLine> lines) {
    List<Line> stored =
        lines.stream()
            .map(line -> new Line(line.sku(), line.quantity(), line.unitPrice().toPlainString()))
            .toList();
    try {
      return JSONB.valueOf(JSON.writeValueAsString(stored));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings and numbers are always JSON", impossible);
    }
  }

  static List<OrderLine> read(JSONB json) {
    try {
      return JSON.readValue(json.data(), LINES).stream()
          .map(line -> new OrderLine(line.sku(), line.quantity(), new BigDecimal(line.unitPrice())))
          .toList();
    } catch (JsonProcessingException foreign) {
      throw new IllegalStateException("orders.lines holds what this service never wrote", foreign);
    }
  }
}
