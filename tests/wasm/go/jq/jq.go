// Command jq filters JSON from stdin with a jq program, using the gojq library.
//
//	jq [-r] [-c] [-n] [-s] [-e] [--arg NAME VALUE] [--argjson NAME JSON] PROGRAM
//
// It ends as jq does: 0 on success, 1 with -e when the last output is false or null, 2 for a usage or input
// error, 3 when the program does not compile, 4 with -e when there was no output, 5 when the program failed on
// an input (later inputs are still processed), or the code given to halt_error. Object keys come out sorted, as
// gojq keeps no order.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/itchyny/gojq"
)

const (
	exitFalsy    = 1
	exitUsage    = 2
	exitCompile  = 3
	exitNoOutput = 4
	exitRuntime  = 5
)

// options is the parsed command line.
type options struct {
	raw, compact, nullInput, slurp, exitStatus bool
	program                                    string
	names                                      []string
	values                                     []any
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	opts, err := parseArgs(args)
	if err != nil {
		fmt.Fprintf(stderr, "jq: %v\nusage: jq [-rcnse] [--arg NAME VALUE] [--argjson NAME JSON] PROGRAM\n", err)
		return exitUsage
	}
	inputs := newInputs(stdin, opts.slurp)
	code, err := compile(opts, inputs)
	if err != nil {
		fmt.Fprintf(stderr, "jq: compile error: %v\n", err)
		return exitCompile
	}
	out := &printer{w: bufio.NewWriterSize(stdout, 64<<10), raw: opts.raw, compact: opts.compact}
	status := filter(code, inputs, out, opts, stderr)
	if err := out.w.Flush(); err != nil {
		fmt.Fprintf(stderr, "jq: %v\n", err)
		return exitUsage
	}
	if status == 0 && opts.exitStatus {
		return out.exitStatus()
	}
	return status
}

func parseArgs(args []string) (options, error) {
	var o options
	haveProgram := false
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		switch {
		case arg == "--arg" || arg == "--argjson":
			if len(args) < 2 {
				return o, fmt.Errorf("%s takes a name and a value", arg)
			}
			var value any = args[1]
			if arg == "--argjson" {
				var err error
				if value, err = decodeOne(args[1]); err != nil {
					return o, fmt.Errorf("--argjson %s: %v", args[0], err)
				}
			}
			o.names = append(o.names, "$"+args[0])
			o.values = append(o.values, value)
			args = args[2:]
		case len(arg) > 1 && arg[0] == '-' && !haveProgram:
			if err := o.flags(arg); err != nil {
				return o, err
			}
		case !haveProgram:
			o.program, haveProgram = arg, true
		default:
			return o, fmt.Errorf("unexpected argument %q: the input comes from stdin", arg)
		}
	}
	if !haveProgram {
		return o, errors.New("no program given")
	}
	return o, nil
}

// flags reads one argument of short flags, which may be joined as in -rc.
func (o *options) flags(arg string) error {
	for _, f := range arg[1:] {
		switch f {
		case 'r':
			o.raw = true
		case 'c':
			o.compact = true
		case 'n':
			o.nullInput = true
		case 's':
			o.slurp = true
		case 'e':
			o.exitStatus = true
		default:
			return fmt.Errorf("unknown flag %q", arg)
		}
	}
	return nil
}

func decodeOne(text string) (any, error) {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return v, nil
}

func compile(opts options, inputs gojq.Iter) (*gojq.Code, error) {
	query, err := gojq.Parse(opts.program)
	if err != nil {
		return nil, err
	}
	return gojq.Compile(query,
		gojq.WithEnvironLoader(os.Environ),
		gojq.WithVariables(opts.names),
		gojq.WithInputIter(inputs))
}

// filter runs the program on every input and returns the exit code of the worst that happened.
func filter(code *gojq.Code, inputs gojq.Iter, out *printer, opts options, stderr io.Writer) int {
	status := 0
	for {
		var input any
		if !opts.nullInput {
			var ok bool
			if input, ok = inputs.Next(); !ok {
				return status
			}
			if err, failed := input.(error); failed {
				fmt.Fprintf(stderr, "jq: error: %v\n", err)
				return exitUsage
			}
		}
		iter := code.Run(input, opts.values...)
		for {
			v, ok := iter.Next()
			if !ok {
				break
			}
			err, failed := v.(error)
			if !failed {
				if err := out.print(v); err != nil {
					fmt.Fprintf(stderr, "jq: %v\n", err)
					return exitUsage
				}
				continue
			}
			var halt *gojq.HaltError
			if errors.As(err, &halt) {
				return halted(halt, stderr)
			}
			fmt.Fprintf(stderr, "jq: error: %v\n", err)
			status = exitRuntime
			break
		}
		if opts.nullInput {
			return status
		}
	}
}

// halted prints what halt_error was given: a string as it is, nothing for null, other values as JSON.
func halted(halt *gojq.HaltError, stderr io.Writer) int {
	switch v := halt.Value().(type) {
	case nil:
	case string:
		io.WriteString(stderr, v)
	default:
		if text, err := gojq.Marshal(v); err == nil {
			fmt.Fprintf(stderr, "%s\n", text)
		}
	}
	return halt.ExitCode()
}

// inputs reads the JSON values of a stream one after the other, or all of them as one array.
type inputs struct {
	dec   *json.Decoder
	slurp bool
	done  bool
}

func newInputs(r io.Reader, slurp bool) gojq.Iter {
	dec := json.NewDecoder(bufio.NewReaderSize(r, 64<<10))
	// A number stays text until a filter computes with it, so that large integers pass through unchanged.
	dec.UseNumber()
	return &inputs{dec: dec, slurp: slurp}
}

func (in *inputs) Next() (any, bool) {
	if in.done {
		return nil, false
	}
	if in.slurp {
		in.done = true
		all := []any{}
		for {
			v, err := in.decode()
			if err == io.EOF {
				return all, true
			}
			if err != nil {
				return err, true
			}
			all = append(all, v)
		}
	}
	v, err := in.decode()
	if err == io.EOF {
		in.done = true
		return nil, false
	}
	if err != nil {
		in.done = true
		return err, true
	}
	return v, true
}

func (in *inputs) decode() (any, error) {
	var v any
	if err := in.dec.Decode(&v); err != nil {
		if err == io.EOF {
			return nil, err
		}
		return nil, fmt.Errorf("invalid JSON input near byte %d: %w", in.dec.InputOffset(), err)
	}
	return v, nil
}

// printer writes one output value a line and remembers the last one for -e.
type printer struct {
	w            *bufio.Writer
	raw, compact bool
	printed      bool
	last         any
}

func (p *printer) print(v any) error {
	p.printed, p.last = true, v
	if text, ok := v.(string); ok && p.raw {
		p.w.WriteString(text)
		return p.w.WriteByte('\n')
	}
	text, err := gojq.Marshal(v)
	if err != nil {
		return err
	}
	if p.compact {
		p.w.Write(text)
		return p.w.WriteByte('\n')
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", "  "); err != nil {
		return err
	}
	p.w.Write(indented.Bytes())
	return p.w.WriteByte('\n')
}

func (p *printer) exitStatus() int {
	switch {
	case !p.printed:
		return exitNoOutput
	case p.last == nil || p.last == false:
		return exitFalsy
	default:
		return 0
	}
}
