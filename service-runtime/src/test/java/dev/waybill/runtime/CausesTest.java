package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class CausesTest {

  @Test
  void eachCauseIsSaidOnceInOneLineWithoutSecrets() {
    IOException last = new NoSuchFileException("/k.p12");
    IOException middle = new IOException("no store\n  with password=s3cret", last);
    Exception first = new IllegalStateException("not made", new RuntimeException(middle));

    assertThat(Causes.of(first))
        .isEqualTo("not made: no store with password=***: NoSuchFileException /k.p12");
  }

  @Test
  void failureWithoutAWordIsNamed() {
    assertThat(Causes.of(new NullPointerException())).isEqualTo("NullPointerException");
  }

  @Test
  void causesThatGoRoundEnd() {
    Exception one = new Exception("the one");
    Exception other = new Exception("the other", one);
    one.initCause(other);
    assertThat(Causes.of(one)).isEqualTo("the one: the other");
  }
}
