/** The folder of schemas: each subject's working schema and released versions, and their levels. */
@NullMarked
package dev.waybill.schemas.folder;

import org.jspecify.annotations.NullMarked;
