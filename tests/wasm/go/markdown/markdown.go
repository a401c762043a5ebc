// Command markdown renders GitHub-flavoured Markdown from stdin as an HTML fragment on stdout, using goldmark.
//
//	markdown [--unsafe] [--page TITLE]
//
// Headings get ids that links can point to. Raw HTML and javascript: links in the input are left out unless --unsafe is given.
// --page wraps the fragment in a complete HTML document with that title.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"html"
	"io"
	"os"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
)

func main() {
	unsafe := flag.Bool("unsafe", false, "keep raw HTML and any link scheme")
	page := flag.String("page", "", "write a complete HTML document with this `title`")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "markdown: unexpected argument %q: the input comes from stdin\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := render(os.Stdin, os.Stdout, *unsafe, *page); err != nil {
		fmt.Fprintf(os.Stderr, "markdown: %v\n", err)
		os.Exit(1)
	}
}

func render(in io.Reader, out io.Writer, unsafe bool, page string) error {
	source, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	var htmlOptions []renderer.Option
	if unsafe {
		htmlOptions = append(htmlOptions, goldmarkhtml.WithUnsafe())
	}
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(htmlOptions...))
	w := bufio.NewWriterSize(out, 64<<10)
	if page != "" {
		fmt.Fprintf(w, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n</head>\n<body>\n",
			html.EscapeString(page))
	}
	if err := md.Convert(source, w); err != nil {
		return err
	}
	if page != "" {
		io.WriteString(w, "</body>\n</html>\n")
	}
	return w.Flush()
}
