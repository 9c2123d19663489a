/** What single steps cost: time and allocation of the codec and of framing, measured by JMH. */
@NullMarked
package chat.weir.bench.micro;

import org.jspecify.annotations.NullMarked;
