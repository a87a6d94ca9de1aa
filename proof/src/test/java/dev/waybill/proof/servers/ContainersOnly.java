package dev.waybill.proof.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Left out, with the reason, by a run on embedded servers. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ContainersOnly {

  /** What the embedded servers do not have. */
  String value();
}
