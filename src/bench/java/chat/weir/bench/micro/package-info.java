/** JMH benchmarks of single steps: time and allocation of the codec and of framing. */
@NullMarked
package chat.weir.bench.micro;

import org.jspecify.annotations.NullMarked;
