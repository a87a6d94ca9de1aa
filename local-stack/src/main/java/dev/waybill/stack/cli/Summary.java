package dev.waybill.stack.cli;

import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackService;

/** What a person can do with a stack that is up. */
final class Summary {
  private Summary() {}

  static String of(LocalStack stack, StackService console) {
    return """
        The console, for you         %7$s (to act there: %8$s)
        System A (producer-service)  %1$s
        the relay                    %2$s
        System B (consumer-service)  %3$s
        PostgreSQL                   %4$s, user postgres, no password
        Kafka                        %5$s
        schema registry              %6$s

        Place an order, and see it arrive in B:
          curl -s -X POST %1$s/orders -H 'Content-Type: application/json' -H 'Idempotency-Key: first' \\
            -d '{"customerId":"0198c0de-0000-7000-8000-000000000001","currency":"EUR","lines":[{"sku":"book","quantity":1,"unitPrice":"12.50"}]}'
          until curl -sf %3$s/customers/0198c0de-0000-7000-8000-000000000001; do sleep 1; done
        Repeat the first command: nothing is written twice. Where is it? ./waybill trace ORDER-ID

        Health and metrics of each: /health/ready, /metrics
        """
        .formatted(
            stack.producer().url(),
            stack.relay().url(),
            stack.consumer().url(),
            stack.postgres().jdbcUrl(),
            stack.kafka().bootstrapServers(),
            stack.registry().url(),
            console.url(),
            stack.token());
  }
}
