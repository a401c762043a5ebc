;; Waiting: for time, and for streams, which are always ready.
;; Runs with "abc" on stdin.
;; Exits with the number of the first check that does not hold, or with 0.
(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $is (param $actual i32) (param $expected i32) (param $check i32)
    (if (i32.ne (local.get $actual) (local.get $expected)) (then (call $proc_exit (local.get $check)))))
  (func (export "_start")
    ;; A relative wait of 20 ms ends with its one event; so does one until a moment that has passed.
    (i64.store (i32.const 0) (i64.const 7)) (i32.store8 (i32.const 8) (i32.const 0)) (i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const 20000000)) (i32.store16 (i32.const 40) (i32.const 0))
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 1))
    (call $is (i32.load (i32.const 512)) (i32.const 1) (i32.const 2))
    (call $is (i64.eq (i64.load (i32.const 1024)) (i64.const 7)) (i32.const 1) (i32.const 3))
    (call $is (i32.load16_u (i32.const 1032)) (i32.const 0) (i32.const 4))
    (call $is (i32.load8_u (i32.const 1034)) (i32.const 0) (i32.const 5))
    (i64.store (i32.const 0) (i64.const 8)) (i32.store8 (i32.const 8) (i32.const 0)) (i32.store (i32.const 16) (i32.const 0)) (i64.store (i32.const 24) (i64.const 1)) (i32.store16 (i32.const 40) (i32.const 1))
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 1) (i32.const 512)) (i32.const 0) (i32.const 6))
    (call $is (i32.load (i32.const 512)) (i32.const 1) (i32.const 7))
    (call $is (i64.eq (i64.load (i32.const 1024)) (i64.const 8)) (i32.const 1) (i32.const 8))
    ;; Of an hour and 1 ms, the hour is not waited for.
    (i64.store (i32.const 0) (i64.const 1)) (i32.store8 (i32.const 8) (i32.const 0)) (i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const 3600000000000)) (i32.store16 (i32.const 40) (i32.const 0))
    (i64.store (i32.const 48) (i64.const 2)) (i32.store8 (i32.const 56) (i32.const 0)) (i32.store (i32.const 64) (i32.const 1)) (i64.store (i32.const 72) (i64.const 1000000)) (i32.store16 (i32.const 88) (i32.const 0))
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 2) (i32.const 512)) (i32.const 0) (i32.const 9))
    (call $is (i32.load (i32.const 512)) (i32.const 1) (i32.const 10))
    (call $is (i64.eq (i64.load (i32.const 1024)) (i64.const 2)) (i32.const 1) (i32.const 11))
    ;; Streams come at once, with the bytes that wait; what cannot be waited for has its own errno.
    (i64.store (i32.const 0) (i64.const 1)) (i32.store8 (i32.const 8) (i32.const 0)) (i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const 3600000000000)) (i32.store16 (i32.const 40) (i32.const 0))
    (i64.store (i32.const 48) (i64.const 2)) (i32.store8 (i32.const 56) (i32.const 1)) (i32.store (i32.const 64) (i32.const 0)) (i64.store (i32.const 72) (i64.const 0)) (i32.store16 (i32.const 88) (i32.const 0))
    (i64.store (i32.const 96) (i64.const 3)) (i32.store8 (i32.const 104) (i32.const 2)) (i32.store (i32.const 112) (i32.const 1)) (i64.store (i32.const 120) (i64.const 0)) (i32.store16 (i32.const 136) (i32.const 0))
    (i64.store (i32.const 144) (i64.const 4)) (i32.store8 (i32.const 152) (i32.const 1)) (i32.store (i32.const 160) (i32.const 1)) (i64.store (i32.const 168) (i64.const 0)) (i32.store16 (i32.const 184) (i32.const 0))
    (i64.store (i32.const 192) (i64.const 5)) (i32.store8 (i32.const 200) (i32.const 2)) (i32.store (i32.const 208) (i32.const 9)) (i64.store (i32.const 216) (i64.const 0)) (i32.store16 (i32.const 232) (i32.const 0))
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 5) (i32.const 512)) (i32.const 0) (i32.const 12))
    (call $is (i32.load (i32.const 512)) (i32.const 4) (i32.const 13))
    (call $is (i64.eq (i64.load (i32.const 1024)) (i64.const 2)) (i32.const 1) (i32.const 14))
    (call $is (i32.load16_u (i32.const 1032)) (i32.const 0) (i32.const 15))
    (call $is (i64.eq (i64.load (i32.const 1040)) (i64.const 3)) (i32.const 1) (i32.const 16))
    (call $is (i64.eq (i64.load (i32.const 1056)) (i64.const 3)) (i32.const 1) (i32.const 17))
    (call $is (i32.load16_u (i32.const 1064)) (i32.const 0) (i32.const 18))
    (call $is (i64.eq (i64.load (i32.const 1088)) (i64.const 4)) (i32.const 1) (i32.const 19))
    (call $is (i32.load16_u (i32.const 1096)) (i32.const 8) (i32.const 20))
    (call $is (i64.eq (i64.load (i32.const 1120)) (i64.const 5)) (i32.const 1) (i32.const 21))
    (call $is (i32.load16_u (i32.const 1128)) (i32.const 8) (i32.const 22))
    ;; No subscriptions, too many, of no kind, of a clock that there is not, and out of memory.
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 0) (i32.const 512)) (i32.const 28) (i32.const 23)) ;; INVAL
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 1025) (i32.const 512)) (i32.const 28) (i32.const 24)) ;; INVAL
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const -1) (i32.const 512)) (i32.const 28) (i32.const 25)) ;; INVAL
    (i64.store (i32.const 0) (i64.const 1)) (i32.store8 (i32.const 8) (i32.const 3)) (i32.store (i32.const 16) (i32.const 0)) (i64.store (i32.const 24) (i64.const 0)) (i32.store16 (i32.const 40) (i32.const 0))
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 1) (i32.const 512)) (i32.const 28) (i32.const 26)) ;; INVAL
    (i64.store (i32.const 0) (i64.const 1)) (i32.store8 (i32.const 8) (i32.const 0)) (i32.store (i32.const 16) (i32.const 4)) (i64.store (i32.const 24) (i64.const 0)) (i32.store16 (i32.const 40) (i32.const 0))
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 1) (i32.const 512)) (i32.const 28) (i32.const 27)) ;; INVAL
    (call $is (call $poll_oneoff (i32.const 65489) (i32.const 1024) (i32.const 1) (i32.const 512)) (i32.const 21) (i32.const 28)) ;; FAULT
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 65505) (i32.const 1) (i32.const 512)) (i32.const 21) (i32.const 29)) ;; FAULT
    (call $is (call $poll_oneoff (i32.const 0) (i32.const 1024) (i32.const 1) (i32.const 65533)) (i32.const 21) (i32.const 30)) ;; FAULT
  ))
