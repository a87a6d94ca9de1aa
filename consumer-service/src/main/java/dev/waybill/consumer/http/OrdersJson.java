package dev.waybill.consumer.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the orders that one instance has.
 *
 * @param next what to give as {@code after} for the next page; absent when this is the last
 * @param partitions of the topic that the instance has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrdersJson(List<OrderJson> orders, @Nullable String next, List<Integer> partitions) {
  static OrdersJson of(StoresView.OrdersPage page) {
    return new OrdersJson(
        page.orders().stream().map(OrderJson::of).toList(),
        page.next() == null ? null : page.next().toString(),
        page.partitions());
  }
}
