;; Never returns and calls nothing: only an interrupt at the deadline ends it.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $again
      (br $again))))
