package dev.waybill.consumer.belongings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks for groups of consumers. */
final class Groups {
  private Groups() {}

  /** The group; empty when there is none, or when it is of another kind. Blocks. */
  static Optional<ConsumerGroupDescription> describe(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.of(
          Objects.requireNonNull(
              admin.describeConsumerGroups(List.of(group)).all().get().get(group)));
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
