// Factors whole numbers below 2^64 as coreutils' factor does: `12: 2 2 3`, one line a number.
//
//     factor [NUMBER]...
//
// Without arguments the numbers are read from stdin, separated by white space. Something that is not such a number is
// reported on stderr, the others are still factored, and the exit code is 1.
//
// Trial division: its time grows with the square root of the largest cofactor, so 2^61-1 keeps a core busy for seconds
// and a small number is instant.

@external("wasi_snapshot_preview1", "args_sizes_get")
declare function args_sizes_get(count: usize, size: usize): u16;
@external("wasi_snapshot_preview1", "args_get")
declare function args_get(argv: usize, buffer: usize): u16;
@external("wasi_snapshot_preview1", "fd_read")
declare function fd_read(fd: u32, iovs: usize, iovsLength: usize, read: usize): u16;
@external("wasi_snapshot_preview1", "fd_write")
declare function fd_write(fd: u32, iovs: usize, iovsLength: usize, written: usize): u16;
@external("wasi_snapshot_preview1", "proc_exit")
declare function proc_exit(code: u32): void;

const STDIN: u32 = 0;
const STDOUT: u32 = 1;
const STDERR: u32 = 2;
const EXIT_INVALID: u32 = 1;
const EXIT_IO: u32 = 74; // EX_IOERR of sysexits.h
const BUFFER_BYTES: i32 = 65536;

// Two words that hold the address and length of what fd_read and fd_write work on, and one for what they answer.
const iovec: usize = memory.data(8, 4);
const answer: usize = memory.data(4, 4);
const input = new StaticArray<u8>(BUFFER_BYTES);

let exitCode: u32 = 0;

/** Writes all bytes of `text`; a short write continues where it ended. */
function write(fd: u32, text: string): void {
  const bytes = String.UTF8.encode(text);
  let address = changetype<usize>(bytes);
  let left = <usize>bytes.byteLength;
  while (left > 0) {
    store<usize>(iovec, address);
    store<usize>(iovec, left, sizeof<usize>());
    if (fd_write(fd, iovec, 1, answer) != 0) proc_exit(EXIT_IO);
    const written = load<usize>(answer);
    if (written == 0) proc_exit(EXIT_IO);
    address += written;
    left -= written;
  }
}

/** Fills `input` from stdin and returns how many bytes came, 0 at its end. */
function read(): i32 {
  store<usize>(iovec, changetype<usize>(input));
  store<usize>(iovec, <usize>BUFFER_BYTES, sizeof<usize>());
  if (fd_read(STDIN, iovec, 1, answer) != 0) proc_exit(EXIT_IO);
  return <i32>load<usize>(answer);
}

function isSpace(c: i32): bool {
  return c == 0x20 || (c >= 0x09 && c <= 0x0d);
}

/** Whether `word` is a decimal number below 2^64. */
function isNumber(word: string): bool {
  if (word.length == 0) return false;
  let value: u64 = 0;
  for (let i = 0; i < word.length; i++) {
    const digit = <u64>(word.charCodeAt(i) - 0x30);
    if (digit > 9) return false;
    if (value > (u64.MAX_VALUE - digit) / 10) return false;
    value = value * 10 + digit;
  }
  return true;
}

function factors(number: u64): string {
  let line = number.toString() + ":";
  let rest = number;
  if (rest < 2) return line;
  for (; rest % 2 == 0; rest /= 2) line += " 2";
  for (; rest % 3 == 0; rest /= 3) line += " 3";
  // Every other prime is 6k - 1 or 6k + 1. Dividing instead of squaring keeps the bound from overflowing.
  for (let divisor: u64 = 5, step: u64 = 2; divisor <= rest / divisor; divisor += step, step = 6 - step) {
    for (; rest % divisor == 0; rest /= divisor) line += " " + divisor.toString();
  }
  return rest > 1 ? line + " " + rest.toString() : line;
}

function answerFor(word: string): void {
  if (isNumber(word)) {
    write(STDOUT, factors(U64.parseInt(word)) + "\n");
  } else {
    write(STDERR, "factor: '" + word + "' is not a whole number below 2^64\n");
    exitCode = EXIT_INVALID;
  }
}

function factorArguments(count: i32, bytes: i32): void {
  const pointers = new StaticArray<usize>(count);
  const buffer = new ArrayBuffer(bytes);
  if (args_get(changetype<usize>(pointers), changetype<usize>(buffer)) != 0) proc_exit(EXIT_IO);
  for (let i = 1; i < count; i++) {
    answerFor(String.UTF8.decodeUnsafe(pointers[i], bytes, true));
  }
}

function factorInput(): void {
  let word = new Array<u8>();
  for (let n = read(); n > 0; n = read()) {
    for (let i = 0; i < n; i++) {
      const c = input[i];
      if (!isSpace(c)) {
        word.push(c);
      } else if (word.length > 0) {
        answerFor(String.UTF8.decodeUnsafe(word.dataStart, word.length));
        word = new Array<u8>();
      }
    }
  }
  if (word.length > 0) answerFor(String.UTF8.decodeUnsafe(word.dataStart, word.length));
}

if (args_sizes_get(iovec, answer) != 0) proc_exit(EXIT_IO);
const count = load<i32>(iovec);
if (count > 1) {
  factorArguments(count, load<i32>(answer));
} else {
  factorInput();
}
if (exitCode != 0) proc_exit(exitCode);
