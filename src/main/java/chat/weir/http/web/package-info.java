/** The web client, the API documents, the health checks and the metrics. */
@NullMarked
package chat.weir.http.web;

import org.jspecify.annotations.NullMarked;
