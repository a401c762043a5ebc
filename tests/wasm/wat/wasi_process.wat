;; What a program learns of its process: arguments, environment, clocks and chance.
;; Runs with the arguments "one" and "zwei", and the variable A=b; a node adds variables of its own.
;; Exits with the number of the first check that does not hold, or with 0.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_res_get" (func $clock_res_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
  (import "wasi_snapshot_preview1" "proc_raise" (func $proc_raise (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $is (param $actual i32) (param $expected i32) (param $check i32)
    (if (i32.ne (local.get $actual) (local.get $expected)) (then (call $proc_exit (local.get $check)))))
  ;; Whether one of the first $count strings that $pointers point at is the four bytes of $text.
  (func $has_variable (param $pointers i32) (param $count i32) (param $text i32) (result i32)
    (loop $next
      (if (i32.eqz (local.get $count)) (then (return (i32.const 0))))
      (if (i32.eq (i32.load (i32.load (local.get $pointers))) (local.get $text)) (then (return (i32.const 1))))
      (local.set $pointers (i32.add (local.get $pointers) (i32.const 4)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next))
    (i32.const 0))
  (func (export "_start")
    (call $is (call $args_sizes_get (i32.const 0) (i32.const 4)) (i32.const 0) (i32.const 1))
    (call $is (i32.load (i32.const 0)) (i32.const 3) (i32.const 2))
    (call $is (i32.load (i32.const 4)) (i32.const 22) (i32.const 3))
    (call $is (call $args_get (i32.const 16) (i32.const 64)) (i32.const 0) (i32.const 4))
    (call $is (i32.load (i32.const 16)) (i32.const 64) (i32.const 5))
    (call $is (i32.load (i32.const 20)) (i32.const 77) (i32.const 6))
    (call $is (i32.load (i32.const 24)) (i32.const 81) (i32.const 7))
    (call $is (i32.load8_u (i32.const 64)) (i32.const 119) (i32.const 8))
    (call $is (i32.load8_u (i32.const 77)) (i32.const 111) (i32.const 9))
    (call $is (i32.load8_u (i32.const 80)) (i32.const 0) (i32.const 10))
    (call $is (i32.load8_u (i32.const 81)) (i32.const 122) (i32.const 11))
    (call $is (i32.load8_u (i32.const 85)) (i32.const 0) (i32.const 12))
    (call $is (call $args_sizes_get (i32.const 65533) (i32.const 4)) (i32.const 21) (i32.const 13)) ;; FAULT
    (call $is (call $args_get (i32.const 16) (i32.const 65534)) (i32.const 21) (i32.const 14)) ;; FAULT
    (call $is (call $environ_sizes_get (i32.const 0) (i32.const 4)) (i32.const 0) (i32.const 15))
    (call $is (i32.ge_u (i32.load (i32.const 0)) (i32.const 1)) (i32.const 1) (i32.const 16))
    (call $is (i32.ge_u (i32.load (i32.const 4)) (i32.const 4)) (i32.const 1) (i32.const 17))
    (call $is (call $environ_get (i32.const 16) (i32.const 256)) (i32.const 0) (i32.const 18))
    (call $is (i32.load (i32.const 16)) (i32.const 256) (i32.const 19))
    (call $is (call $has_variable (i32.const 16) (i32.load (i32.const 0)) (i32.const 6438209)) (i32.const 1) (i32.const 20))
    (call $is (call $environ_sizes_get (i32.const 0) (i32.const 2147483647)) (i32.const 21) (i32.const 21)) ;; FAULT
    (call $is (call $environ_get (i32.const 2147483647) (i32.const 64)) (i32.const 21) (i32.const 22)) ;; FAULT
    ;; Four clocks, none finer than a nanosecond.
    (call $is (call $clock_res_get (i32.const 0) (i32.const 0)) (i32.const 0) (i32.const 23))
    (call $is (call $clock_res_get (i32.const 1) (i32.const 0)) (i32.const 0) (i32.const 24))
    (call $is (call $clock_res_get (i32.const 2) (i32.const 0)) (i32.const 0) (i32.const 25))
    (call $is (call $clock_res_get (i32.const 3) (i32.const 0)) (i32.const 0) (i32.const 26))
    (call $is (i64.eq (i64.load (i32.const 0)) (i64.const 1)) (i32.const 1) (i32.const 27))
    (call $is (call $clock_res_get (i32.const 4) (i32.const 0)) (i32.const 28) (i32.const 28)) ;; INVAL
    (call $is (call $clock_res_get (i32.const 0) (i32.const 65529)) (i32.const 21) (i32.const 29)) ;; FAULT
    (call $is (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 0)) (i32.const 0) (i32.const 30))
    (call $is (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 0)) (i32.const 0) (i32.const 31))
    (call $is (call $clock_time_get (i32.const 2) (i64.const 1) (i32.const 0)) (i32.const 0) (i32.const 32))
    (call $is (call $clock_time_get (i32.const 3) (i64.const 1) (i32.const 0)) (i32.const 0) (i32.const 33))
    (call $is (call $clock_time_get (i32.const 4) (i64.const 1) (i32.const 0)) (i32.const 28) (i32.const 34)) ;; INVAL
    (call $is (call $clock_time_get (i32.const -1) (i64.const 1) (i32.const 0)) (i32.const 28) (i32.const 35)) ;; INVAL
    (call $is (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 65529)) (i32.const 21) (i32.const 36)) ;; FAULT
    (call $is (call $random_get (i32.const 0) (i32.const 0)) (i32.const 0) (i32.const 37))
    (call $is (call $random_get (i32.const 0) (i32.const 65536)) (i32.const 0) (i32.const 38))
    (call $is (call $random_get (i32.const 1) (i32.const 65536)) (i32.const 21) (i32.const 39)) ;; FAULT
    (call $is (call $random_get (i32.const 0) (i32.const 2147483647)) (i32.const 21) (i32.const 40)) ;; FAULT
    (call $is (call $random_get (i32.const 0) (i32.const -1)) (i32.const 21) (i32.const 41)) ;; FAULT
    (call $is (call $sched_yield) (i32.const 0) (i32.const 42))
    (call $is (call $proc_raise (i32.const 9)) (i32.const 58) (i32.const 43)) ;; NOTSUP
  ))
