;; Grows its memory until that is refused, copes with it and ends with exit code 0: a refusal alone is no failure.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $more
      (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))))
