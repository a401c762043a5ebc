;; Imports its memory from the host, as modules built for a browser do.
(module
  (import "env" "memory" (memory 1))
  (export "memory" (memory 0))
  (func (export "_start")))
