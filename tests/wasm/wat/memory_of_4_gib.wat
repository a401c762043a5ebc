;; Wants all of the memory that 32 bits can address, from the start.
(module
  (memory (export "memory") 65536)
  (func (export "_start")))
