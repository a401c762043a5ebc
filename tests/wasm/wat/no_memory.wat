;; Has a memory but does not export it, so no WASI function could reach its data.
(module
  (memory 1)
  (func (export "_start")))
